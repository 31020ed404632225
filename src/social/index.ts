export { forget } from './forget.ts';
export { likedPart, likersPart, setLiked, type Liked } from './likes.ts';
