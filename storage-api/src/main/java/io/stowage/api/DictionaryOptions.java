package io.stowage.api;

/**
 * How a compression dictionary is trained. Immutable.
 *
 * @param maxBytes the greatest size of the dictionary: 1 KiB to 1 MiB
 * @param maxSamples from how many items it is trained at most: 8 to 1,000,000
 */
public record DictionaryOptions(int maxBytes, int maxSamples) {

  private static final DictionaryOptions DEFAULTS = new DictionaryOptions(16 * 1024, 20_000);

  public DictionaryOptions {
    Limits.check("maxBytes", maxBytes, 1024, 1 << 20);
    Limits.check("maxSamples", maxSamples, 8, 1_000_000);
  }

  /** 16 KiB, from 20,000 items at most. */
  public static DictionaryOptions defaults() {
    return DEFAULTS;
  }
}
