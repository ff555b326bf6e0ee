package io.stowage.api;

/**
 * Turns items into bytes and back. A codec is named in the settings of a platform, or given as an
 * object that was set up by the embedder; implementations are of {@code
 * io.stowage.spi.SerializationPort}.
 */
public interface Codec {

  /**
   * The codec's name, such as {@code json}: 1 to 32 lower-case letters, digits and {@code -}. It is
   * stored with every item that the codec wrote.
   */
  String name();
}
