/** The colour of the icon below, which API properties name, too. */
export const placeholderColor = '#1f6f8b';

const base64 = [
  'iVBORw0KGgoAAAANSUhEUgAAAOYAAADmAQMAAAD7pGv4AAAABlBMVEUfb4v///92Y/41AAABoElEQVR42u1XMZKDMAzMDUVKnuCn8DT8ND/FT6B0',
  'wVgJCcfZSFoP47u5ItomZJYgaRWs1e1mMBgMhk+Go6iTdyLyKjs/2aSRA23Qo26I4MHqo79eJGU9Y1KzdjsbQVgt8E7SqlerVbwltdwmJa3xVcxW',
  'VhDY6Z2t254gpryHT2LKa/V51nHZI2SxoPCdnVjQcZsXCspHiCD0IB3JR6HchV2V5YYjRhJYf+SXBDF+alu5GFm4lH7A5RiKYDNxqZaiOM+kioUw',
  'gbFBvOb3j0xKV8S6M3aiMv/lEjvnUrez0HOpLWMr5Vkbqtvn9dyipCTxZss0p0vsUMnj6Bobqoadm1+z/hLr1W8tdjyx4RKr1/eXrCNd9Seb637G',
  '+mDObEKsxv4yi7vQ7OB//a963oWed7Dn3cenSs951XNO4hMYn96Nkx9PDTxxemYZnpJ4wuLpjCc7dgXYUWA3gp0MdkENB4XdF3Zu2PVhx4jdJnaq',
  '2OVih9xw19iZY1ePNwK8TeBNpLHF4A0Ib09488JbW2Pjw9si3jQbWyrecA0Gg8HwAXgA0qZ0RbFfcxkAAAAASUVORK5CYII=',
];

/** The icon of a connector that has none yet: a PNG of 230 × 230 pixels in two colours, a ring on a line. */
export const placeholderIcon: Uint8Array = Buffer.from(base64.join(''), 'base64');
