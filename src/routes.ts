import { saving } from './routes/saving.ts';
import { aboutSite } from './routes/site.ts';
import * as accessTokens from './web/access-tokens.ts';
import * as accounts from './web/accounts.ts';
import { accountsPage, changeAccount } from './web/admin.ts';
import * as again from './web/again.ts';
import * as boardChanges from './web/board-changes.ts';
import * as boardPeople from './web/board-people.ts';
import { boardOwner, curator } from './web/board-doors.ts';
import * as boards from './web/boards.ts';
import * as codes from './web/codes.ts';
import * as comments from './web/comments.ts';
import * as confirm from './web/confirm.ts';
import * as data from './web/data.ts';
import {
  admin,
  anyone,
  author,
  fresh,
  gallery,
  member,
  moderator,
  owner,
  remover,
  seen,
  someone,
} from './web/doors.ts';
import * as feeds from './web/feeds.ts';
import { file } from './web/filing.ts';
import { follow } from './web/follows.ts';
import * as home from './web/home.ts';
import * as identities from './web/identities.ts';
import { imageState } from './web/image-state.ts';
import * as images from './web/images.ts';
import * as leaving from './web/leaving.ts';
import * as likes from './web/likes.ts';
import * as machine from './web/machine.ts';
import * as many from './web/many.ts';
import * as media from './web/media.ts';
import { invitationsPage, makeInvitation } from './web/invitations.ts';
import { fullLog, ownLog } from './web/log.ts';
import * as notices from './web/notices.ts';
import * as stopping from './web/notice-stop.ts';
import { oembed } from './web/oembed.ts';
import * as ownTags from './web/own-tags.ts';
import * as passwords from './web/passwords.ts';
import * as passkeyLogin from './web/passkey-login.ts';
import * as passkeys from './web/passkeys.ts';
import * as lists from './web/people-lists.ts';
import * as people from './web/people.ts';
import * as profile from './web/profile.ts';
import { removedComments } from './web/removed-comments.ts';
import { ranking } from './web/ranking.ts';
import { get, post, type Route } from './web/route.ts';
import { manifest } from './web/manifest.ts';
import { reference } from './web/reference.ts';
import * as search from './web/search.ts';
import { saveToMine, showOwn } from './web/save-to-mine.ts';
import * as secretFeeds from './web/secret-feeds.ts';
import { similar } from './web/similar.ts';
import * as second from './web/two-factor.ts';
import { endSessions, sessionsPage } from './web/sessions.ts';
import * as tagAliases from './web/tag-aliases.ts';
import * as tags from './web/tags.ts';

/** Every address of the site: who may come in, and who answers. Fixed names stand before `:id`. */
export const routes: readonly Route[] = [
  get('/', anyone, home.home, { kept: 'visitors' }),
  get('/api', anyone, reference),
  get('/api/v1/openapi.json', anyone, reference),
  get('/oembed', anyone, oembed),
  get('/healthz', anyone, home.alive),
  get('/readyz', anyone, home.ready),
  get('/bookmarklet.js', anyone, home.bookmarkletSource),
  get('/manifest.webmanifest', anyone, manifest),
  ...aboutSite,

  get('/account/register', anyone, accounts.registerPage),
  post('/account/register', anyone, accounts.registerAccount, { limit: 'register', again: accounts.registerPage }),
  get('/account/login', anyone, accounts.loginPage),
  post('/account/login', anyone, accounts.login, { limit: 'login', again: accounts.loginPage }),
  post('/account/logout', anyone, accounts.logout, { limit: 'leave' }),
  get('/account/login/code', anyone, codes.codePage),
  post('/account/login/code', anyone, codes.giveCode, { limit: 'login', again: codes.codePage }),
  post('/account/login/options', anyone, passkeyLogin.loginOptions, { limit: 'passkey' }),
  post('/account/login/passkey', anyone, passkeyLogin.loginWithPasskey, { limit: 'login', again: accounts.loginPage }),
  get('/account/passkeys', fresh, passkeys.passkeysPage),
  post('/account/passkeys', fresh, passkeys.changePasskeys, { limit: 'access', again: passkeys.passkeysPage }),
  post('/account/passkeys/options', fresh, passkeys.newPasskeyOptions, { limit: 'passkey' }),
  get('/account/two-factor', fresh, second.twoFactorPage),
  post('/account/two-factor', fresh, second.changeTwoFactor, { limit: 'access', again: second.twoFactorPage }),
  get('/account/again', member, again.againPage),
  post('/account/again', member, again.showAgain, { limit: 'login', again: again.againPage }),
  post('/account/again/options', member, passkeyLogin.againOptions, { limit: 'passkey' }),
  get('/account/sessions', member, sessionsPage),
  post('/account/sessions', fresh, endSessions, { limit: 'access', again: sessionsPage }),
  get('/account/tokens', member, accessTokens.tokensPage),
  post('/account/tokens', fresh, accessTokens.makeAccessToken, { limit: 'access', again: accessTokens.tokensPage }),
  post('/account/tokens/:id/delete', member, accessTokens.revokeAccessToken, { limit: 'access' }),
  post('/account/tokens/delete', member, accessTokens.revokeEveryAccessToken, { limit: 'access' }),
  get('/account/log', member, ownLog),
  get('/account/notices', member, notices.noticesPage),
  post('/account/notices', member, notices.readThem, { limit: 'react' }),
  get('/account/notices/settings', member, notices.settingsPage),
  post('/account/notices/settings', member, notices.changeSettings, { limit: 'edit', again: notices.settingsAgain }),
  get('/account/feeds', member, secretFeeds.feedsPage),
  post('/account/feeds', fresh, secretFeeds.changeFeedKey, { limit: 'access' }),
  get('/account/tags', member, ownTags.ownTags),
  post('/account/tags', member, ownTags.changeTag, { limit: 'edit', again: ownTags.ownTagsAgain }),
  get('/account/tags/completions', member, ownTags.completionsOf),
  get('/admin', admin, accountsPage),
  post('/admin/accounts/:id', admin, changeAccount, { limit: 'edit', again: accountsPage }),
  get('/admin/invitations', admin, invitationsPage),
  post('/admin/invitations', admin, makeInvitation, { limit: 'access', again: invitationsPage }),
  get('/admin/site', admin, machine.machinePage),
  get('/admin/jobs', admin, machine.jobsPage),
  post('/admin/jobs/:id', admin, machine.changeJob, { limit: 'edit' }),
  get('/admin/storage', admin, machine.storagePage),
  get('/admin/log', admin, fullLog),
  get('/account/notices/stop/:token', anyone, stopping.stopPage),
  post('/account/notices/stop/:token', anyone, stopping.stop, { limit: 'link', oneClick: true }),
  get('/account/password/change', member, passwords.changePage),
  post('/account/password/change', member, passwords.change, { limit: 'access', again: passwords.changePage }),
  get('/account/password/change/done', member, passwords.changed),
  get('/account/password/reset', anyone, passwords.resetPage),
  post('/account/password/reset', anyone, passwords.reset, { limit: 'reset', again: passwords.resetPage }),
  get('/account/password/reset/done', anyone, passwords.resetSent),
  get('/account/password/reset/complete', anyone, passwords.resetComplete),
  get('/account/password/reset/:token', anyone, passwords.newPasswordPage),
  post('/account/password/reset/:token', anyone, passwords.setPassword, {
    limit: 'link',
    again: passwords.newPasswordAgain,
  }),
  get('/account/confirm', anyone, confirm.confirmSent),
  post('/account/confirm', anyone, confirm.sendAgain, { limit: 'reset', again: confirm.confirmSent }),
  get('/account/confirm/:token', anyone, confirm.confirmPage),
  post('/account/confirm/:token', anyone, confirm.confirm, { limit: 'link', again: confirm.confirmAgain }),
  get('/account/email', fresh, confirm.emailPage),
  post('/account/email', fresh, confirm.changeEmail, { limit: 'reset', again: confirm.emailPage }),
  post('/account/login/with/:provider', anyone, identities.signInWith, { limit: 'login' }),
  get('/account/login/from/:provider', anyone, identities.comeBack, { again: identities.tryAnotherWay }),
  post('/account/again/with/:provider', member, identities.againWith, { limit: 'login' }),
  get('/account/register/identity', anyone, identities.newcomerPage),
  post('/account/register/identity', anyone, identities.joinAsNewcomer, {
    limit: 'register',
    again: identities.newcomerPage,
  }),
  get('/account/identities', fresh, identities.identitiesPage),
  post('/account/identities', fresh, identities.changeLinked, { limit: 'access', again: identities.identitiesPage }),
  get('/account/data', member, data.dataPage),
  post('/account/data', fresh, data.askForExport, { limit: 'export', again: data.dataPage }),
  get('/account/data/file', member, data.exportFile),
  get('/account/delete', fresh, leaving.deletePage),
  post('/account/delete', fresh, leaving.deleteAccount, { limit: 'leave', again: leaving.deletePage }),
  get('/account/return', anyone, leaving.returnPage),
  post('/account/return', anyone, leaving.takeBack, { limit: 'login', again: leaving.returnPage }),
  get('/account', member, home.dashboard),
  get('/account/bookmarklet', anyone, home.bookmarklet),
  get('/account/edit', member, profile.editProfile),
  post('/account/edit', member, profile.saveProfile, {
    limit: 'edit',
    again: profile.editProfileAgain,
    upload: 'photo',
  }),

  get('/images', gallery, people.feed, { kept: 'visitors' }),
  ...saving,
  get('/images/private', member, people.privateImages),
  get('/images/bin', member, people.bin),
  get('/images/liked', member, likes.likedImages),
  get('/images/ranking', gallery, ranking),
  get('/images/many', member, many.choosePage),
  post('/images/many', member, many.change, { limit: 'edit', again: many.chooseAgain }),
  get('/images/many/:id', member, many.progress),
  post('/images/many/:id/undo', member, many.undo, { limit: 'edit' }),
  get('/images/:id/edit', owner, images.editPage),
  post('/images/:id/edit', owner, images.edit, { limit: 'edit', again: images.editAgain }),
  post('/images/:id/delete', owner, images.remove, { limit: 'edit' }),
  post('/images/:id/restore', member, images.restore, { limit: 'edit' }),
  get('/images/:id/like', anyone, lists.likersOf),
  post('/images/:id/like', seen, likes.like, { limit: 'react' }),
  get('/images/:id/comments', anyone, comments.listComments),
  post('/images/:id/comments', seen, comments.comment, { limit: 'comment', again: comments.commentAgain }),
  get('/images/:id/comments/:comment/edit', author, comments.editCommentPage),
  post('/images/:id/comments/:comment/edit', author, comments.changeComment, {
    limit: 'comment',
    again: comments.editCommentAgain,
  }),
  post('/images/:id/comments/:comment/delete', remover, comments.deleteComment, { limit: 'edit' }),
  post('/images/:id/save', seen, saveToMine, { limit: 'save', again: showOwn }),
  get('/images/:id/similar', gallery, similar),
  get('/images/:id/state', anyone, imageState),
  post('/images/:id/boards', seen, file, { limit: 'edit' }),
  get('/images/:id/download', anyone, media.download),
  get('/images/:id{/:slug}', anyone, images.show, { kept: 'each' }),
  get('/media/photo/:file', anyone, profile.photo),
  get('/media/:file', anyone, media.media),

  get('/moderation/comments', moderator, removedComments),
  get('/moderation/tags', moderator, tagAliases.aliases),
  post('/moderation/tags', moderator, tagAliases.changeAlias, { limit: 'edit', again: tagAliases.aliasesAgain }),

  get('/people', gallery, lists.people),
  get('/people/:username', anyone, people.person),
  get('/people/:username/followers', anyone, lists.followList('followers')),
  get('/people/:username/following', anyone, lists.followList('following')),
  post('/people/:username/follow', someone, follow, { limit: 'react' }),

  get('/search', gallery, search.searchPage),
  get('/search/completions', gallery, search.completionsOf),
  get('/search/feed.:format', gallery, feeds.searchFeed),
  get('/feeds/:key/feed.:format', anyone, secretFeeds.wholeFeed),
  get('/feeds/:key/search.:format', anyone, secretFeeds.searchByKey),
  get('/feeds/:key/media/:file', anyone, secretFeeds.mediaByKey),
  get('/tags', gallery, tags.tags),
  get('/tags/:name', gallery, tags.show),
  get('/tags/:name/feed.:format', anyone, feeds.tagFeed),
  get('/boards', gallery, boards.boards),
  post('/boards', member, boards.create, { limit: 'edit', again: boards.createAgain }),
  get('/boards/create', member, boards.createPage),
  get('/boards/bin', member, boardChanges.bin),
  get('/boards/link/:key', anyone, boardPeople.linked),
  get('/people/:username/feed.:format', anyone, feeds.personFeed),
  get('/people/:username/boards', anyone, boards.boardsOfPerson),
  get('/people/:username/boards/:slug/feed.:format', anyone, feeds.boardFeed),
  get('/people/:username/boards/:slug', anyone, boards.show),
  get('/people/:username/boards/:slug/edit', boardOwner, boardChanges.editPage),
  post('/people/:username/boards/:slug/edit', boardOwner, boardChanges.edit, {
    limit: 'edit',
    again: boardChanges.editAgain,
  }),
  post('/people/:username/boards/:slug/delete', boardOwner, boardChanges.remove, { limit: 'edit' }),
  post('/people/:username/boards/:slug/restore', member, boardChanges.restore, { limit: 'edit' }),
  get('/people/:username/boards/:slug/arrange', curator, boardChanges.arrangePage),
  post('/people/:username/boards/:slug/images', curator, boardChanges.arrange, { limit: 'arrange' }),
  get('/people/:username/boards/:slug/people', boardOwner, boardPeople.peoplePage),
  post('/people/:username/boards/:slug/people', boardOwner, boardPeople.changePeople, {
    limit: 'edit',
    again: boardPeople.peopleAgain,
  }),
  post('/people/:username/boards/:slug/link', boardOwner, boardPeople.changeLink, { limit: 'access' }),
  post('/people/:username/boards/:slug/invitation', member, boardPeople.answer, { limit: 'edit' }),
  post('/people/:username/boards/:slug/follow', member, boardChanges.follow, { limit: 'edit' }),
];
