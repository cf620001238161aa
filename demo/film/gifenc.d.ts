declare module 'gifenc' {
  /** Three bytes for each colour, 256 at most. */
  type Palette = readonly (readonly [red: number, green: number, blue: number])[];
  type Frame = {
    readonly palette?: Palette;
    readonly delay?: number;
    readonly transparent?: boolean;
    readonly transparentIndex?: number;
    readonly dispose?: number;
  };
  const gifenc: {
    GIFEncoder(): {
      writeFrame(indexes: Uint8Array, width: number, height: number, frame: Frame): void;
      finish(): void;
      bytes(): Uint8Array;
    };
    quantize(rgba: Uint8Array, colours: number): Palette;
    applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array;
  };
  export default gifenc;
}
