import type { Rule } from './rule.ts';

/** Single sites, each by its hosts; as their own pages link the sizes, unless a document is named. */
export const SITES: readonly Rule[] = [
  // Fandom: /scale-to-width-down/200 behind the revision.
  [/^(static\.wikia\.nocookie\.net\/[^?]+\/revision\/latest)\/[^?]+/, '$1'],
  // flickr.com/services/api/misc.urls.html: up to _b the sizes share a secret; larger ones have their own.
  [/^([\w.-]*static\.?flickr\.com\/[\d/]+_[0-9a-f]+)(?:_[sqtmnwzc])?\.jpg/, '$1_b.jpg'],
  // Tumblr up to 2019; later addresses carry a key for each size.
  [/^(\d+\.media\.tumblr\.com\/(?:[^?]*\/)?tumblr_\w+)_(?:75sq|\d{3})\.(\w+)/, '$1_1280.$2'],
  // X: the names of sizes in the developers' documentation of media entities.
  [/^(pbs\.twimg\.com\/media\/[^?]+\?(?:.*&)?name=)(?!orig)\w+/, '$1orig'],
  [/^(pbs\.twimg\.com\/media\/[\w-]+)\.(jpg|png)(?::\w+)?$/, '$1?format=$2&name=orig'],
  [/^(pbs\.twimg\.com\/profile_images\/[^?]+)_(?:normal|bigger|mini|x96|\d{3}x\d{3})(\.\w+)/, '$1$2'],
  // Pinterest: the original may have another type, and is refused by any other name.
  [
    /^(i\.pinimg\.com)\/(?!originals)\w+\/((?:\w\w\/){3}[0-9a-f]{32})\.\w+/,
    '$1/originals/$2.jpg|$1/originals/$2.png|$1/736x/$2.jpg',
  ],
  // Reddit: previews are signed, the upload is not.
  [/^preview\.redd\.it\/(?:[\w-]*-v0-)?(\w+\.(?:jpe?g|png|gif|webp))\?.*/, '!i.redd.it/$1'],
  // developers.google.com/youtube/v3/docs/thumbnails; only mq and maxres are 16:9.
  [
    /^((?:i\d?\.ytimg|img\.youtube)\.com\/(?:an_)?vi(?:_webp)?\/[\w-]{11}\/)(?:default|0|hq720|[hm]qdefault|sddefault)\.(jpg|webp)(?:\?.*)?/,
    '$1maxresdefault.$2|$1sddefault.$2',
  ],
  [/^(i\.vimeocdn\.com\/video\/[\da-f]+(?:-[\da-f]+-d)?)_\d+(?:x\d+)?/, '$1'],
  // api.imgur.com/models/image: a letter behind the five or seven of the key.
  [/^(i\.imgur\.com\/(?:\w{7}|\w{5}))[sbtmlhgr](\.\w+)/, '$1$2'],
  [/^(i\.imgur\.com\/\w{5,7})_d\.\w+\?.*/, '$1.jpg'],
  [
    /^(cdn[ab]\.artstation\.com\/p\/assets\/(?:images|covers)\/images\/(?:\d{3}\/){3})(?:\d+\/)?(?:(?:smaller|small|micro)_square|small|medium|large)\//,
    '$14k/|$1large/',
  ],
  [/^(mir-s3-cdn-cf\.behance\.net\/project_modules\/)(?!source)\w+\//, '$1source/|$1max_1200/'],
  [/^(i\.etsystatic\.com\/[^?]*\/il)_(?!fullxfull)\w+\.(\d+_)/, '$1_fullxfull.$2'],
  [/^(i\.ebayimg\.com\/)(?:thumbs\/)?(images\/g\/[\w~-]+\/s-l)(?!1600\.)\d+\./, '$1$21600.'],
  // Amazon and IMDb: what stands between `._` and `_.` is a list of transformations. Goodreads has the same.
  [/^([\w.-]*(?:media|images)-amazon\.com\/images\/\w\/[^./?]+)\._[^/?]*(\.\w{3,4})$/, '$1$2'],
  [/^([\w.-]+\/images\/S\/compressed\.photo\.goodreads\.com\/[\w/]+)\._[^/?]*(\.\w{3,4})$/, '$1$2'],
  [/^([\w-]+\.alicdn\.com\/[^?]+?\.(?:jpe?g|png|webp))_[^/?]{1,60}$/, '$1'],
  // developer.themoviedb.org/docs/image-basics.
  [/^((?:image|media)\.(?:tmdb|themoviedb)\.org\/t\/p\/)[wh]\d[^/?]*\//, '$1original/'],
  [/^([\w.-]+\.steamstatic\.com\/[^?]*\/ss_[0-9a-f]{40})\.(?!1920x)\d+x\d+/, '$1.1920x1080|$1'],
  [/^((?:images\.steamusercontent\.com|steamuserimages-a\.akamaihd\.net)\/ugc\/[^?]+)\?.*/, '$1'],
  [/^(avatars\.[\w.]*steamstatic\.com\/[0-9a-f]{40})(?:_medium)?\.jpg/, '$1_full.jpg'],
  [/^(static-cdn\.jtvnw\.net\/jtv_user_pictures\/[^?]+-profile_image)-(?!600x)\d+x\d+/, '$1-600x600|$1-300x300'],
  [/^(i\.scdn\.co\/image\/ab67616d)0000(?:1e02|4851)/, '$10000b273'],
  // SoundCloud: the original keeps its type.
  [
    /^(i\d\.sndcdn\.com\/(?:artworks|avatars)-[\w-]+)-(?:t\d+x\d+|large|small|badge|tiny|mini)\.\w+/,
    '$1-original.jpg|$1-original.png|$1-t500x500.jpg',
  ],
  [/^(f\d\.bcbits\.com\/img\/\w+)_(?!0\.)\d+(\.\w+)/, '$1_0$2|$1_10$2'],
  // Last.fm, Deezer, Apple Music, Cover Art Archive (its API's documentation), Open Library (dev/docs/api/covers).
  [/^(lastfm\.freetls\.fastly\.net\/i\/u\/)\w+\//, '$1'],
  [/^([\w.-]+\.dzcdn\.net\/images\/\w+\/[0-9a-f]{32}\/)(?!1900)\d+x\d+/, '$11900x1900'],
  [/^(is\d-ssl\.mzstatic\.com\/image\/thumb\/[^?]+\/)(?!9999x)\d+x\d+(?=[a-z-]*\.\w+$)/, '$19999x9999'],
  [/^(coverartarchive\.org\/[\w/-]+\/(?:\d+|front|back))-\d+(?=\.|$)/, '$1'],
  [/^(covers\.openlibrary\.org\/\w\/\w+\/\w+)-[SM]\./, '$1-L.'],
  // Bluesky, atproto's image views.
  [/^(cdn\.bsky\.app\/img\/)(feed|avatar)_thumbnail\//, '$1$2_fullsize/|$1$2/'],
  [/^(avatars\d?\.githubusercontent\.com\/u\/\d+)\?.*/, '$1'],
  // docs.gravatar.com: up to 2048.
  [/^([\w.]*gravatar\.com\/avatar\/[0-9a-f]{32,64})(?:\.\w+)?(?!\?s=2048$)(?:\?.*)?$/, '$1?s=2048'],
  // developers.giphy.com/docs/api/schema, and Tenor's formats.
  [/^(media\d?\.giphy\.com\/media\/(?:v1\.[\w=-]+\/)?\w+\/)(?!giphy\.)[\w-]+\.(gif|webp)/, '$1giphy.$2'],
  [/^(media\d?\.tenor\.com\/[\w-]{11})AAAA[MSd]\//, '$1AAAAC/'],
  // Blogger and Google's pictures: s0 is the size of the upload.
  [/^([\w.-]+\.(?:blogspot|googleusercontent|ggpht)\.com\/[^?]+\/)(?!s0\/)[swh]\d+[\w-]*(\/[^/?]+)$/, '$1s0$2'],
  [/^([\w-]+\.(?:googleusercontent|ggpht)\.com\/[^?=]+)=(?!s0$)[swh]\d[\w-]*$/, '$1=s0'],
  [/^miro\.medium\.com\/[^?]+\/(\d\*[^/?]+)$/, 'miro.medium.com/$1'],
  // Newspapers and broadcasters.
  [/^(ichef\.bbci?\.co\.uk\/(?:news|ace\/(?:standard|ws))\/)(?!1536\/)\d+\//, '$11536/|$11024/'],
  [
    /^(static01\.nyt\.com\/[^?]+-)(?:articleLarge|articleInline|jumbo|popup|master\d+)(?=(?:-v\d+)?\.\w+)/,
    '$1superJumbo',
  ],
  [/^(media\.cnn\.com\/api\/v1\/images\/[^?]+)\?(?!c=original$).*/, '$1?c=original'],
  // Pixiv: sent with the page's origin as Referer, as it asks.
  [
    /^(i\.pximg\.net)\/(?:c\/[^/?]+\/)?(?:img-master|custom-thumb)\/(img\/[\d/]+_p\d+)_\w+\.jpg/,
    '$1/img-original/$2.jpg|$1/img-original/$2.png|$1/img-master/$2_master1200.jpg',
  ],
  [
    /^th\.wallhaven\.cc\/\w+\/(\w\w)\/(\w+)\.jpg/,
    'w.wallhaven.cc/full/$1/wallhaven-$2.jpg|w.wallhaven.cc/full/$1/wallhaven-$2.png',
  ],
  [/^(cdn\.pixabay\.com\/photo\/[\w/-]+?)_{1,2}(?:340|480|640|960_720)(\.\w+)/, '$1_1280$2'],
  // Discord: the signature does not cover the size.
  [/^media\.discordapp\.net(\/attachments\/[^?]+\?ex=\w+&is=\w+&hm=\w+)&.*/, '!cdn.discordapp.com$1'],
  [/^(cdn\.discordapp\.com\/(?:avatars|icons|banners)\/[^?]+\?(?:.*&)?size=)(?!4096)\d+/, '$14096'],
  // Museums and collections: NASA (images.nasa.gov's API), The Met, Smithsonian's IDS, iNaturalist, Artsy.
  [/^(images-assets\.nasa\.gov\/image\/[^?]+)~(?:thumb|small|medium|large)\.jpg/, '$1~orig.jpg|$1~large.jpg'],
  [/^(images\.metmuseum\.org\/CRDImages\/\w+\/)(?:web-\w+|mobile-\w+)\//, '$1original/'],
  [/^(ids\.si\.edu\/ids\/deliveryService\?id=[^&]+)&.*/, '$1'],
  [
    /^((?:inaturalist-open-data\.s3\.amazonaws\.com|static\.inaturalist\.org)\/photos\/\d+\/)(?:square|thumb|small|medium|large)\./,
    '$1original.',
  ],
  [/^d7hftxdivxxvm\.cloudfront\.net\/\?(?:.*&)?src=([^&]+).*/, '@$1'],
];
