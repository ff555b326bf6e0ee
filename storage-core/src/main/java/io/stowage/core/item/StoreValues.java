package io.stowage.core.item;

import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.StoreOptions;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.core.definition.StoredNames;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.EnvelopeProvider;
import io.stowage.spi.EnvelopeSettings;
import io.stowage.spi.StorePorts;

/** Puts together how one store's items become values: codecs, envelope and indexes. */
public final class StoreValues {

  private final EnvelopeProvider envelopes;
  private final Codecs codecs;
  private final StorePorts ports;

  public StoreValues(EnvelopeProvider envelopes, Codecs codecs, StorePorts ports) {
    this.envelopes = envelopes;
    this.codecs = codecs;
    this.ports = ports;
  }

  /**
   * The mapper of a store; nothing is sent.
   *
   * @throws IllegalArgumentException if the options cannot be honoured: a library is missing, the
   *     key set is not valid, or an index is blind and there are no keys
   */
  public <T> ItemMapper<T> mapper(ItemType<T> type, StoreOptions options, LiveDefinition live) {
    type.indexes().stream()
        .filter(index -> index.kind() == IndexKind.BLIND && options.encryption().isEmpty())
        .findFirst()
        .ifPresent(
            index -> {
              throw new IllegalArgumentException(
                  "index '"
                      + index.name()
                      + "' of store '"
                      + type.store()
                      + "' is blind, but its items are not encrypted; give keys with"
                      + " StoreOptions.encryption");
            });
    EnvelopePort port =
        envelopes.open(
            new EnvelopeSettings(
                type.store(),
                options.compression(),
                options.encryption(),
                options.maxItemSize(),
                ports.blobs(),
                () -> live.latest().coding().dictionary()));
    return new ItemMapper<>(type, codecs.inStore(new StoredNames(live)), port, live);
  }
}
