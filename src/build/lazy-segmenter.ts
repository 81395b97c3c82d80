/**
 * Stands for Intl.Segmenter in the bundle: several packages make one at load, which costs 13 to 26 ms
 * of start-up, and most sessions never segment anything but narrow text.
 */
export class LazySegmenter {
	readonly #options: ConstructorParameters<typeof Intl.Segmenter>;
	#segmenter: Intl.Segmenter | undefined;

	constructor(...options: ConstructorParameters<typeof Intl.Segmenter>) {
		this.#options = options;
	}

	segment(text: string): Intl.Segments {
		// By name, for the bundler replaces the expression `Intl.Segmenter` everywhere, here too.
		this.#segmenter ??= new (Reflect.get(Intl, 'Segmenter') as typeof Intl.Segmenter)(...this.#options);
		return this.#segmenter.segment(text);
	}
}
