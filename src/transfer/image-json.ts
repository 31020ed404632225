import type { Provenance } from '../lib/provenance.ts';

/** A row of `images`, as far as it is taken along. */
export interface ImageRow {
  id: number;
  title: string;
  slug: string;
  caption: string;
  alt: string;
  arrived: string;
  source_url: string | null;
  seen_url: string | null;
  page_url: string | null;
  creator: string;
  licence: string;
  copyright: string;
  credit: string;
  description: string;
  nopin: boolean | number;
  visibility: string;
  show_name: boolean | number;
  resolution: string;
  binned_at: number | null;
  format: string;
  width: number;
  height: number;
  frames: number;
  quality: string;
  likes: number;
  comments: number;
  views: number;
  created_at: number;
  updated_at: number;
}

export interface FileJson {
  /** Inside the zip. */
  path: string;
  type: string;
  bytes: number;
  sha256: string;
  width: number;
  height: number;
}

/** Times as ISO 8601 in UTC. */
export const iso = (at: string | number | null | undefined): string | null =>
  at === null || at === undefined ? null : new Date(Number(at)).toISOString();

/** What `images` of bowerbird.json says of one image. */
export function imageJson(
  row: ImageRow,
  files: Record<string, FileJson>,
  { tags, page }: { tags: readonly string[]; page: Provenance },
) {
  const { title, slug, caption, alt, arrived, source_url, seen_url, page_url, creator, licence } = row;
  const { copyright, credit, description } = row;
  const { visibility, resolution, format, width, height, frames, quality, likes, comments, views } = row;
  return {
    id: Number(row.id),
    title,
    slug,
    caption,
    alt,
    tags,
    arrived,
    source_url,
    seen_url,
    page_url,
    creator,
    licence,
    copyright,
    credit,
    description,
    nopin: Boolean(row.nopin),
    page,
    visibility,
    show_name: Boolean(row.show_name),
    resolution,
    format,
    width,
    height,
    frames,
    quality,
    likes,
    comments,
    views: Number(views),
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
    binned_at: iso(row.binned_at),
    files,
  };
}
