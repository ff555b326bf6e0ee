package io.stowage.core.item;

import io.stowage.api.Compression;
import io.stowage.api.Version;
import io.stowage.spi.BlobPort;
import io.stowage.spi.Content;
import io.stowage.spi.DictionaryPort;
import io.stowage.spi.EnvelopeHeader;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.KeyPort;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Keeps what one codec wrote as it is, in schema version 1: for a mapper that stands alone. */
record PlainEnvelopes(String codec) implements EnvelopePort {

  @Override
  public byte[] pack(Content content) {
    return content.bytes();
  }

  @Override
  public byte[] seal(byte[] packed, String id, Version version) {
    return packed;
  }

  @Override
  public Content open(byte[] payload, String id, Version version) {
    return new Content(codec, 1, payload);
  }

  @Override
  public EnvelopeHeader header(byte[] payload) {
    return new EnvelopeHeader(
        codec,
        1,
        Compression.Algorithm.NONE,
        OptionalInt.of(payload.length),
        OptionalInt.empty(),
        OptionalLong.empty());
  }

  @Override
  public void restore() {
    // Nothing is kept beside the items.
  }

  @Override
  public void confirm(BlobPort confirmed) {
    // Nothing is kept beside the items.
  }

  @Override
  public int pieces() {
    return 0;
  }

  @Override
  public Optional<DictionaryPort> dictionaries() {
    return Optional.empty();
  }

  @Override
  public Optional<KeyPort> keys() {
    return Optional.empty();
  }
}
