package io.stowage.core.item;

import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.StoreOptions;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.core.definition.StoredNames;
import io.stowage.spi.AdapterException;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.EnvelopeProvider;
import io.stowage.spi.EnvelopeSettings;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StorePorts;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Puts together how one store's items become values: the envelope first, which refuses options that
 * cannot be honoured before anything is stored, and codecs and indexes once the definition is
 * known.
 *
 * @param <T> the type of the items
 */
public final class StoreValues<T> {

  private final ItemType<T> type;
  private final Codecs codecs;
  private final EnvelopePort envelopes;
  private final AtomicReference<@Nullable LiveDefinition> definition = new AtomicReference<>();

  /**
   * The values of a store; nothing is sent.
   *
   * @throws IllegalArgumentException if the options cannot be honoured: a library is missing, the
   *     key set is not valid, or an index is blind and there are no keys
   */
  public StoreValues(
      ItemType<T> type,
      StoreOptions options,
      Codecs codecs,
      EnvelopeProvider envelopes,
      StorePorts ports) {
    checkBlindIndexes(type, options);
    this.type = type;
    this.codecs = codecs;
    this.envelopes =
        envelopes.open(
            new EnvelopeSettings(
                type.store(),
                options.compression(),
                options.encryption(),
                options.maxItemSize(),
                ports.blobs(),
                this::dictionary));
  }

  private static void checkBlindIndexes(ItemType<?> type, StoreOptions options) {
    for (ItemType.Index<?> index : type.indexes()) {
      if (index.kind() == IndexKind.BLIND && options.encryption().isEmpty()) {
        throw new IllegalArgumentException(
            "index '"
                + index.name()
                + "' of store '"
                + type.store()
                + "' is blind, but its items are not encrypted; give keys with"
                + " StoreOptions.encryption");
      }
    }
  }

  /** As of a definition within its lease, so that every process takes a new one up in time. */
  private int dictionary() {
    LiveDefinition live = definition.get();
    return live == null ? 0 : live.current().coding().dictionary();
  }

  /**
   * Puts back what is kept beside the items, for when the store's data was removed.
   *
   * @throws AdapterException if that fails
   */
  public void restore() {
    try {
      envelopes.restore();
    } catch (SerializationException e) {
      throw AdapterException.refused(
          "what the store keeps beside its items cannot be put back: " + e.getMessage(), e);
    }
  }

  /** The mapper of the store, once its definition is known; nothing is sent. */
  public ItemMapper<T> mapper(LiveDefinition live) {
    definition.set(live);
    Codecs ofStore = codecs.accepting(type.acceptedLosses()).inStore(new StoredNames(live));
    return new ItemMapper<>(type, ofStore, envelopes, live);
  }
}
