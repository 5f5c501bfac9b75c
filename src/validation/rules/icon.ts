import { isPicture } from '../../connector/picture.ts';
import type { IconFile } from '../engine/connector-source.ts';
import { wholeFile } from '../engine/location.ts';
import { type Color, type Png, readPng } from '../engine/png.ts';
import type { Rule } from '../engine/rule.ts';
import { brandColor, isRefusedColor } from './brand-color.ts';

const maximumIconSize = 1_048_576;

/** How far the channels of two colors may be apart that look the same. */
const colorTolerance = 16;

// Pictures of one color: 230 x 230 orange, blue and white, 230 x 200 and 400 x 400 orange, 100 x 100 transparent, 100 x 100 orange and
// transparent in its right half, and
// 1 x 1 yellow, magenta and cyan.
const orange =
  'iVBORw0KGgoAAAANSUhEUgAAAOYAAADmAQMAAAD7pGv4AAAAA1BMVEXaOwFs0VKSAAAAHklEQVR42u3BAQ0AAADCoPdPbQ43oAAAAAAAAODbABr0AAG+XGZdAAAAAElFTkSuQmCC';

const blue =
  'iVBORw0KGgoAAAANSUhEUgAAAOYAAADmAQMAAAD7pGv4AAAAA1BMVEUAeNTBItjpAAAAHklEQVR42u3BAQ0AAADCoPdPbQ43oAAAAAAAAODbABr0AAG+XGZdAAAAAElFTkSuQmCC';

const white =
  'iVBORw0KGgoAAAANSUhEUgAAAOYAAADmAQMAAAD7pGv4AAAAA1BMVEX///+nxBvIAAAAHklEQVR42u3BAQ0AAADCoPdPbQ43oAAAAAAAAODbABr0AAG+XGZdAAAAAElFTkSuQmCC';

const oblong =
  'iVBORw0KGgoAAAANSUhEUgAAAOYAAADIAQMAAADGAg++AAAAA1BMVEXaOwFs0VKSAAAAHUlEQVR42u3BMQEAAADCoPVPbQhfoAAAAAAAgNcAF3AAAXORfjgAAAAASUVORK5CYII=';

const large =
  'iVBORw0KGgoAAAANSUhEUgAAAZAAAAGQAQMAAAC6caSPAAAAA1BMVEXaOwFs0VKSAAAAKklEQVR42u3BMQEAAADCoPVP7W8GoAAAAAAAAAAAAAAAAAAAAAAAAACAN0+wAAGUQRhcAAAAAElFTkSuQmCC';

const transparent =
  'iVBORw0KGgoAAAANSUhEUgAAAGQAAABkCAYAAABw4pVUAAAAp0lEQVR42u3RQQ0AAAjEsEMX/k2gBhuE9DEDa6YrupMJQAQEiIAAERAgAgLEBCACAkRAgAgIEAEBIiACAkRAgAgIEAEBIiACAkRAgAgIEAEBIiACAkRAgAgIEAEBIiACAkRAgAgIEAEBIiACAkRAgAgIEAEBIiACAkRAgAgIEAEBIiACAkRAgAgIEAEBIiACAkRAgAgIEAEBIiBATAAiIEAEBIiAvG8BTM1t142khoUAAAAASUVORK5CYII=';

const transparentEdge =
  'iVBORw0KGgoAAAANSUhEUgAAAGQAAABkCAYAAABw4pVUAAAAz0lEQVR42u3RQREAMAgDsE4X/k1gZvjo5REFyc77JdIgQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQoQIESJEiBAhQtpDDji742xLjNk1AAAAAElFTkSuQmCC';

const yellow =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQMAAAAl21bKAAAAA1BMVEX//wCKxvRFAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';

const magenta =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQMAAAAl21bKAAAAA1BMVEX/AP804Oa6AAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';

const cyan =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQMAAAAl21bKAAAAA1BMVEUA//8ZXC8lAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';

// One pixel in the other formats.
const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const otherFormats = [
  gif,
  '/9j/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=',
  'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA',
  'Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAD/AA==',
  'AAABAAEAAQEAAAEAGABSAAAAFgAAAIlQTkcNChoKAAAADUlIRFIAAAABAAAAAQEDAAAAJdtWygAAAANQTFRF//8Aisb0RQAAAApJREFUeJxjYAAAAAIAAUivpHEAAAAASUVORK5CYII=',
  ...['<svg xmlns="http://www.w3.org/2000/svg"/>', ' <?xml version="1.0"?><!-- a --><svg><path/></svg>'].map(btoa),
];

/** Unless the file is no PNG, of which a rule of its own speaks. */
function ofPng(file: IconFile, check: (png: Png) => void): void {
  const png = readPng(file.bytes);
  if (png) check(png);
}

/** Unless the picture is damaged, or its first pixel cannot be seen. */
function ofOpaquePixel(file: IconFile, check: (color: Color) => void): void {
  const pixel = readPng(file.bytes)?.firstPixel;
  if (pixel?.alpha === 255) check(pixel);
}

function isWhite({ red, green, blue: ofBlue }: Color): boolean {
  return red === 255 && green === 255 && ofBlue === 255;
}

function hex({ red, green, blue: ofBlue }: Color): string {
  return `#${[red, green, ofBlue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

export const iconRules: readonly Rule[] = [
  {
    id: 'icon-not-png',
    level: 'warning',
    certified: 'error',
    message: 'The icon must be a PNG file.',
    reason: "PNG is the documented icon format. The file name doesn't matter.",
    sources: ['CS'],
    good: [{ icon: orange }, { icon: btoa('none') }],
    bad: [{ icon: gif }],
    check: {
      icon: (file, report) => {
        if (isPicture(file.bytes) && !readPng(file.bytes)) report(wholeFile(file));
      },
    },
  },
  {
    id: 'icon-not-image',
    level: 'error',
    message: "The icon isn't a complete image.",
    hint: 'Use a PNG file.',
    reason: "The content doesn't match the file name, so the portal can't show it.",
    sources: ['CS'],
    good: [{ icon: orange }, { icon: btoa(`${atob(orange)}trailer`) }, ...otherFormats.map((icon) => ({ icon }))],
    bad: [
      { icon: btoa('none') },
      { icon: btoa('<html></html>') },
      { icon: '' },
      ...[orange, ...otherFormats].map((icon) => ({ icon: btoa(atob(icon).slice(0, -5)) })),
    ],
    check: {
      icon: (file, report) => {
        if (!isPicture(file.bytes)) report(wholeFile(file));
      },
    },
  },
  {
    id: 'icon-too-large',
    level: 'warning',
    certified: 'error',
    message: 'The icon has {size} bytes. The limit is 1 MB.',
    reason: 'The service rejects larger icons.',
    sources: ['CS'],
    good: [{ icon: orange }],
    bad: [{ icon: `${orange.replaceAll('=', '')}${'AAAA'.repeat(maximumIconSize / 3)}` }],
    check: {
      icon: (file, report) => {
        if (file.size > maximumIconSize) report(wholeFile(file), { size: file.size });
      },
    },
  },
  {
    id: 'icon-not-square',
    level: 'warning',
    certified: 'error',
    message: 'The icon must be square.',
    hint: 'It has {width} x {height} pixels.',
    reason: 'The portal shows icons as squares, and stretches other shapes.',
    sources: ['CS'],
    good: [{ icon: orange }, { icon: gif }],
    bad: [{ icon: oblong }],
    check: {
      icon: (file, report) =>
        ofPng(file, ({ width, height }) => {
          if (width !== height) report(wholeFile(file), { width, height });
        }),
    },
  },
  {
    id: 'icon-dimensions',
    level: 'certification',
    message: 'The icon has {width} x {height} pixels. Use 100 to 230.',
    reason: 'Certification requires this size.',
    sources: ['CS', 'PRC'],
    good: [{ icon: orange }],
    bad: [{ icon: large }, { icon: yellow }],
    check: {
      icon: (file, report) =>
        ofPng(file, ({ width, height }) => {
          if (Math.min(width, height) < 100 || Math.max(width, height) > 230)
            report(wholeFile(file), { width, height });
        }),
    },
  },
  {
    id: 'icon-transparent',
    level: 'certification',
    message: 'The icon needs an opaque background.',
    reason: 'The page would be visible behind a transparent icon.',
    sources: ['CS'],
    good: [{ icon: orange }, { icon: btoa(atob(orange).slice(0, 60)) }],
    bad: [{ icon: transparent }, { icon: transparentEdge }],
    check: {
      icon: (file, report) =>
        ofPng(file, ({ firstPixel, hasTransparentEdge }) => {
          const isTransparent = firstPixel !== undefined && firstPixel.alpha < 255;
          // An edge may be rounded on purpose.
          if (isTransparent || hasTransparentEdge) report(wholeFile(file), {}, { isMild: !isTransparent });
        }),
    },
  },
  {
    id: 'icon-white-background',
    level: 'certification',
    message: 'The icon background must not be white.',
    reason: "A white icon isn't distinguishable on a white page.",
    sources: ['CS'],
    good: [{ icon: orange }, ...[yellow, magenta, cyan].map((icon) => ({ icon }))],
    bad: [{ icon: white }],
    check: {
      icon: (file, report) =>
        ofOpaquePixel(file, (pixel) => {
          if (isWhite(pixel)) report(wholeFile(file));
        }),
    },
  },
  {
    id: 'icon-color-mismatch',
    level: 'certification',
    message: "The icon background should match 'iconBrandColor'.",
    hint: 'The icon has {found}, iconBrandColor is {expected}.',
    reason: 'The portal fills the area around the icon with the brand color.',
    sources: ['CS'],
    good: [
      { icon: orange, properties: '{ "properties": { "iconBrandColor": "#da3b01" } }' },
      { icon: orange },
      { icon: white, properties: '{ "properties": { "iconBrandColor": "#da3b01" } }' },
      { icon: transparent, properties: '{ "properties": { "iconBrandColor": "#0078d4" } }' },
      { icon: orange, properties: '{ "properties": { "iconBrandColor": "#007EE5" } }' },
    ],
    bad: [{ icon: blue, properties: '{ "properties": { "iconBrandColor": "#da3b01" } }' }],
    check: {
      icon: (file, report, { properties }) =>
        ofOpaquePixel(file, (pixel) => {
          const color = properties?.node?.value['iconBrandColor'];
          const brand = brandColor(color);
          // Of a white one, and of a color that is refused, there is more to say than this.
          if (!brand || isWhite(pixel) || isRefusedColor(color)) return;
          const differences = [pixel.red - brand.red, pixel.green - brand.green, pixel.blue - brand.blue];
          const isNear = differences.every((difference) => Math.abs(difference) <= colorTolerance);
          if (!isNear) report(wholeFile(file), { found: hex(pixel), expected: hex(brand) });
        }),
    },
  },
  {
    id: 'icon-independent',
    level: 'certification',
    message: "Independent publishers don't submit an icon.",
    reason: 'All connectors of independent publishers use the same icon.',
    sources: ['PR'],
    good: [{ icon: orange, publisher: 'verified' }],
    bad: [{ icon: orange, publisher: 'independent' }],
    check: {
      icon: (file, report, { publisher }) => {
        if (publisher === 'independent') report(wholeFile(file));
      },
    },
  },
  {
    id: 'icon-missing',
    level: 'certification',
    message: 'An icon is required for certification.',
    reason: 'The portal shows connectors of verified publishers with their icon.',
    sources: ['CS'],
    good: [
      { definition: '{}', icon: orange, others: [], publisher: 'verified' },
      { others: [], publisher: 'verified' },
      { definition: '{}', publisher: 'verified' },
      { definition: '{}', others: [], publisher: 'independent' },
    ],
    bad: [{ definition: '{}', others: [], publisher: 'verified' }],
    check: {
      connector: ({ files: [file], iconFile, others, publisher }, report) => {
        if (file && others && !iconFile && publisher === 'verified') report(wholeFile(file));
      },
    },
  },
];
