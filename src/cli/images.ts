import { InvalidArgumentError, Option } from 'commander';
import { TIER_ORDER, type Tier } from '../lib/tiers.ts';
import { words } from '../lib/words/index.ts';
import type { AddCommands } from './desk.ts';
import { checkImages, type CheckOptions } from './images/check.ts';
import { renderAgain } from './images/render.ts';

export const addImages: AddCommands = (program, atDesk) => {
  const images = program.command('images').description(words('cli.images'));
  images
    .command('check')
    .description(words('cli.images_check'))
    .option('--quick', words('cli.images_quick'))
    .option('--repair', words('cli.images_repair'))
    .option('--remove-strays', words('cli.images_remove'))
    .option('--anew', words('cli.images_anew'))
    .action((options: CheckOptions) => atDesk((desk) => checkImages(desk, options)));
  images
    .command('render')
    .description(words('cli.images_render'))
    .addOption(new Option('--tier <tier>', words('cli.images_tier')).choices(TIER_ORDER))
    .option('--image <number>', words('cli.images_one'), imageNumber)
    .option('--anew', words('cli.images_anew'))
    .action(({ anew = false, ...wanted }: { tier?: Tier; image?: number; anew?: boolean }) =>
      atDesk((desk) => renderAgain(desk, wanted, anew)),
    );
};

function imageNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError(words('cli.no_image', { value: text }));
  return Number(text);
}
