export { recordAct, type Act, type Verb } from './actions.ts';
export { ACTIONS_SIZE, readActivity, type Action } from './activity.ts';
export {
  COMMENTS_SIZE,
  commentsPart,
  readComment,
  readComments,
  type Comment,
  type CommentPage,
} from './comment-lists.ts';
export {
  addComment,
  EDIT_MINUTES,
  editComment,
  findComment,
  isFresh,
  mayRemove,
  removeComment,
  type CommentRow,
} from './comments.ts';
export { setFollowing, type Following } from './follows.ts';
export { forget } from './forget.ts';
export {
  NOTICE_KINDS,
  NOTICE_WAYS,
  readNoticeSettings,
  setNoticeSettings,
  type NoticeKind,
  type NoticeSettings,
  type NoticeWay,
} from './notice-settings.ts';
export { gather, type Gathered } from './gather.ts';
export { getsMails, mailNotices, stopMails, stoppedBy } from './notice-mails.ts';
export { markRead, MOST_UNREAD, NOTICES_SIZE, readNotices, sweepNotices, UNREAD, type Told } from './notices.ts';
export { tell, type Notice } from './tell.ts';
export { likedPart, likersPart, setLiked, type Liked } from './likes.ts';
export {
  findPersonSeen,
  personNamed,
  PEOPLE_SIZE,
  readFollowers,
  readFollowing,
  readLikers,
  readPeople,
  type PeoplePage,
  type PersonSeen,
} from './people.ts';
export { readRemoved, type RemovedComment } from './removed.ts';
