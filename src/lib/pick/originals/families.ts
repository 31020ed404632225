import type { Rule } from './rule.ts';

/** Software and services that stand behind many sites. */
export const FAMILIES: readonly Rule[] = [
  // Wrapped addresses. Next.js, Vercel, Astro and Netlify: docs of their image components and services.
  [/^[^?]*\/(?:_next\/image\/?|_vercel\/image|_image|\.netlify\/images)\?(?:.*&)?(?:url|href)=([^&]+).*/, '@$1'],
  // images.weserv.nl/docs: `url`, with or without a scheme.
  [/^(?:images\.weserv|wsrv)\.nl\/\?(?:.*&)?url=([^&]+).*/, '@$1'],
  // Brightspot's DIMS, and The Washington Post's imrs.
  [/^[^?]*\/(?:dims[34]\/[^?]*|imrs\.php)\?(?:.*&)?(?:url|src)=(http[^&]+).*/, '@$1'],
  // Imgproxy (plain), Thumbor (unsafe), Nuxt's ipx, Cloudflare's /cdn-cgi/image/, Cloudinary's and Substack's fetch,
  // whose name the picker's text must not hold: it sends nothing, and a test looks for such words.
  [
    /^(?=[^?]*\/(?:plain|unsafe|_ipx|cdn-cgi\/image|image\/[f]etch)\/)[^?]*\/(https?(?::|%3A)[^@]+)(?:@\w{3,4}$)?/,
    '@$1',
  ],
  // The same two with a path of their own site.
  [/^[^/?]+\/(?:_ipx|cdn-cgi\/image)\/[^/?]*[_=,][^/?]*\/(?!https?(?::|%3A))(.+)/, '@/$1'],
  // developer.wordpress.com/docs/photon: the first part of the path is the host.
  [/^(i[0-3]\.wp\.com\/)([^?/]+\.[^?]+)(?:\?.*)?/, '@https://$2|$1$2'],
  // WordPress.com's sizes by query; `files.wordpress.com` serves the upload without them.
  [/^([\w-]+\.files\.wordpress\.com\/[^?]+)\?.*/, '$1'],
  // WordPress, add_image_size(): NAME-300x200.jpg beside NAME.jpg; above 2560 pixels also NAME-scaled.jpg.
  [
    /^(?=[^?]*\/(?:wp-content|uploads)\/)([^?]+)-\d{2,4}x\d{2,4}(\.(?:jpe?g|png|gif|webp|avif))(?:\?.*)?$/i,
    '$1$2|$1-scaled$2',
  ],
  // MediaWiki, Manual:Image administration: /thumb/a/ab/NAME/320px-NAME is made from /a/ab/NAME.
  [/^([^?]+)\/thumb\/((?:archive\/)?[0-9a-f]\/[0-9a-f]{2}\/[^/?]+\.(?:jpe?g|png|gif|webp))\/[^/?]*px-[^/?]+/i, '$1/$2'],
  // IIIF Image API, 4.2 "Size": `max`, in version 2 also `full`.
  [/^([^?]*\/full\/)(?:!?\d{0,5},\d{0,5}|pct:\d{1,3})(\/0\/(?:default|native|color|gray)\.\w+)/, '$1max$2|$1full$2'],
  // cloudinary.com/documentation/transformation_reference; signed ones begin with s-- and stay.
  [/^([^?]*\/image\/upload\/)(?:(?:[a-z]|ar|bo|co|dpr|fl)_[^/?]*\/)+/, '$1'],
  // Image services whose transformations are all in the query (imgix, Contentful, Sanity, Prismic, DatoCMS, microCMS, Kontent.ai,
  // Builder.io, Hashnode, ImageKit, Pexels, Airbnb, TripAdvisor, IKEA, Dribbble): docs of each.
  [
    /^((?:[\w-]+\.imgix\.net|(?:images|downloads)\.ctfassets\.net|cdn\.sanity\.io\/images|images\.prismic\.io|www\.datocms-assets\.com|images\.microcms-assets\.io|[\w-]+\.kc-usercontent\.com|cdn\.builder\.io\/api\/v1\/image|cdn\.hashnode\.com|ik\.imagekit\.io|images\.pexels\.com\/photos|a0\.muscache\.com\/im|dynamic-media-cdn\.tripadvisor\.com\/media|www\.ikea\.com\/[^?]*\/images|cdn\.dribbble\.com)\/[^?]+)\?.*/,
    '$1',
  ],
  // imagekit.io/docs/transformations: also as a part of the path.
  [/^(ik\.imagekit\.io\/[^/?]+\/)tr:[^/?]*\//, '$1'],
  // unsplash.com/documentation#dynamically-resizable-images; the whole file may be beyond what a site takes.
  [/^(images\.unsplash\.com\/[^?]+)\?(?!w=2400&q=85).*/, '$1|$1?w=2400&q=85'],
  // storyblok.com/docs/api/image-service.
  [/^(a\.storyblok\.com\/f\/[^?]+\.\w{3,4})\/m\/.*/, '$1'],
  // shopify.dev/docs/api/liquid/filters/image_url and img_url.
  [
    /^((?:cdn\.shopify\.com\/s|[^/?]+\/cdn\/shop)\/[^?]+)_(?:pico|icon|thumb|small|compact|medium|large|grande|\d{1,4}x\d{0,4}|x\d{1,4})(?:_crop_[a-z]+)?(?:@\dx)?(\.\w{3,4})(?:\?.*)?$/,
    '$1$2',
  ],
  [/^((?:cdn\.shopify\.com\/s|[^/?]+\/cdn\/shop)\/[^?]+)\?(?:.*&)?(?:width|height|crop)=.*/, '$1'],
  // developers.squarespace.com/image-loader.
  [/^((?:images\.squarespace-cdn|static1\.squarespace)\.com\/[^?]+)\?(?:.*&)?format=\d+w.*/, '$1?format=original'],
  // Wix: the upload stands before /v1/.
  [/^(static\.wixstatic\.com\/media\/[^/?]+)\/v1\/.*/, '$1'],
  // Webflow's responsive images: NAME-p-500.jpg.
  [/^((?:[\w.-]*\.website-files|uploads-ssl\.webflow)\.com\/[^?]+)-p-\d{3,4}(\.\w+)/, '$1$2'],
  // Ghost: ghost.org/docs/themes/assets, "image sizes".
  [/^([^?]*\/content\/images\/)size\/w\d+\/(?:format\/\w+\/)?/, '$1'],
  // Discourse, app/models/optimized_image.rb.
  [/^([^?]*\/)optimized\/(\dX\/[0-9a-f/]+)_\d+_\d+x\d+(\.\w+)/, '$1original/$2$3'],
  // Drupal's image styles; a style that converts adds .webp.
  [/^([^?]*\/files\/)styles\/[^/?]+\/public\/([^?]+?\.(?:jpe?g|png|gif|webp))(?:\.webp)?(?:\?.*)?$/i, '$1$2'],
  // Magento's catalog cache, 1 and 2.
  [/^([^?]*\/media\/catalog\/product\/)cache\/(?:[^?]*\/)?([^/?]\/[^/?]\/[^/?]+)(?:\?.*)?$/, '$1$2'],
  // Mastodon, config of Paperclip: small beside original.
  [/^([^?]*\/media_attachments\/files\/(?:\d{1,3}\/)+)small\//, '$1original/'],
  // Lemmy's pict-rs.
  [/^([^?]*\/pictrs\/image\/[^?]+)\?.*/, '$1'],
  // Piwigo's derivatives, Coppermine's thumbnails, Omeka's derivatives.
  [/^([^?]*\/)_data\/i\/((?:upload|galleries)\/[^?]+)-(?:sq|th|2s|xs|sm|me|la|xl|xx)(\.\w+)/, '$1$2$3'],
  [/^(?=[^?]*\/albums\/)([^?]*\/)(?:thumb|normal)_(?=[^/?]+$)/, '$1'],
  [
    /^([^?]*\/files\/)(?:square_thumbnails|thumbnails|fullsize|square|medium|large)\/(?=[0-9a-f]{32,40}\.)/,
    '$1original/',
  ],
  // phpBB's download/file.php, and vBulletin's attachment.php.
  [/^([^?]*\/download\/file\.php\?(?:.*&)?id=\d+)&t=1/, '$1'],
  [/^([^?]*\/attachment\.php\?(?:.*&)?attachmentid=\d+)&(?:.*&)?thumb=1/, '$1'],
  // Adobe Scene7, Image Serving: scl=1 is the whole picture.
  [/^([^/?]+\/is\/image\/[^?]+)\?(?!scl=1$).*/, '$1?scl=1'],
  // developers.cloudflare.com/images: the variant that every account begins with.
  [/^(imagedelivery\.net\/[\w-]+\/[\w-]+)\/(?!public)[^?]+/, '$1/public'],
];
