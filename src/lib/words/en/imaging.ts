/** What people read when their picture cannot be taken. Each sentence names what it is and what they can do. */
export const imagingWords = {
  'imaging.is_empty': 'This file is empty. Choose the picture again, or save it anew from where it came.',
  'imaging.is_html':
    'This is a web page, not a picture. Open the picture by itself and use its own address, or save the picture and upload the file.',
  'imaging.is_svg': 'This is an SVG drawing, which cannot be kept here. Export it as PNG or WebP and save that.',
  'imaging.is_pdf':
    'This is a PDF document, not a picture. Save the page you want as JPEG or PNG, or take a screenshot of it.',
  'imaging.is_heic':
    'This is a HEIC photo, which most browsers cannot show. Export it as JPEG (phones offer this when sharing: “most compatible”).',
  'imaging.is_tiff': 'This is a TIFF image, which browsers cannot show. Export it as JPEG, PNG or WebP.',
  'imaging.is_bmp': 'This is a BMP image, which cannot be kept here. Export it as PNG or JPEG.',
  'imaging.is_ico': 'This is an icon file (ICO), which cannot be kept here. Export it as PNG.',
  'imaging.is_jxl': 'This is a JPEG XL image, which most browsers cannot show. Export it as JPEG, PNG or WebP.',
  'imaging.is_jp2': 'This is a JPEG 2000 image, which browsers cannot show. Export it as JPEG, PNG or WebP.',
  'imaging.is_psd': 'This is a Photoshop document. Export it as JPEG, PNG or WebP.',
  'imaging.is_eps': 'This is a PostScript drawing. Export it as PNG or WebP and save that.',
  'imaging.is_other': 'This is a kind of picture that browsers cannot show. Export it as JPEG, PNG or WebP.',
  'imaging.is_video': 'This is a video, not a picture. Save a still of it, or an animation as GIF or WebP.',
  'imaging.is_audio': 'This is a sound file, not a picture.',
  'imaging.is_zip': 'This is a ZIP archive (or a document that is one inside). Unpack it and save the pictures in it.',
  'imaging.is_archive': 'This is a compressed archive. Unpack it and save the pictures in it.',
  'imaging.is_font': 'This is a font, not a picture. A screenshot of its letters can be kept.',
  'imaging.is_text': 'This is text, not a picture. Pictures can be JPEG, PNG, GIF, WebP or AVIF.',
  'imaging.is_unknown': 'This is no kind of picture that can be kept here. JPEG, PNG, GIF, WebP and AVIF can.',

  'imaging.too_small':
    'This picture is {width} × {height} pixels; the smallest that is taken is {min_width} × {min_height}. Look for a larger copy of it.',
  'imaging.too_many_pixels':
    'This picture is {width} × {height} pixels, {megapixels} million in all; at most {limit} million are taken. A smaller copy will do.',
  'imaging.too_many_pixels_of_kind':
    'This picture is {width} × {height} pixels, {megapixels} million in all; of its kind ({kind}) at most {limit} million are taken. A smaller copy, or the same as ordinary JPEG, will do.',
  'imaging.side_too_long':
    'This picture is {width} × {height} pixels; no side may be longer than {limit}. A smaller copy, or a part of it, will do.',
  'imaging.too_many_frames': 'This animation has {frames} frames; at most {limit} are taken. A shorter cut will do.',
  'imaging.too_many_frame_pixels':
    'This animation has {frames} frames of {width} × {height}, {megapixels} million pixels in all; at most {limit} million are taken. A shorter or smaller copy will do.',
  'imaging.too_heavy':
    'This picture needs more memory than one picture may have here. A smaller copy of it, or the same saved as ordinary JPEG, will do.',
  'imaging.broken':
    'This picture is damaged or incomplete: its beginning is there, but not all of it can be read. Save it anew from where it came.',
  'imaging.unprocessable':
    'This picture cannot be processed here. It may be damaged, or need more memory than one picture may have; a smaller copy of it, saved as JPEG, may work.',
  'imaging.gives_up':
    'This picture cannot be processed here. Another copy of it, or the same saved anew as JPEG or PNG, may work.',
  'imaging.busy': 'Very many pictures are being taken in right now. Please try again in a minute.',
  'imaging.none_starts':
    'Pictures cannot be looked at just now. Nothing was saved, and nothing is wrong with this one: please try again in a minute.',
} as const;
