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
export { likedPart, likersPart, setLiked, type Liked } from './likes.ts';
export {
  findPersonSeen,
  PEOPLE_SIZE,
  readFollowers,
  readFollowing,
  readLikers,
  readPeople,
  type PeoplePage,
  type PersonSeen,
} from './people.ts';
export { readRemoved, type RemovedComment } from './removed.ts';
