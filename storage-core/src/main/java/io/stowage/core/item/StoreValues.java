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
import io.stowage.spi.ScanPage;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StorePorts;
import io.stowage.spi.TermPage;
import java.util.List;
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

  private static final int TERMS_AT_ONCE = 10_000;

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
                this::dictionaries,
                () -> hasBlindEntries(ports)));
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
  private List<Integer> dictionaries() {
    LiveDefinition live = definition.get();
    return live == null ? List.of() : live.current().coding().dictionaries();
  }

  private static boolean hasBlindEntries(StorePorts ports) {
    String from = ScanPage.START;
    while (from != null) {
      TermPage page = ports.indexes().terms(from, TERMS_AT_ONCE);
      if (page.terms().stream().anyMatch(term -> term.kind() == IndexKind.BLIND)) {
        return true;
      }
      from = page.next();
    }
    return false;
  }

  /**
   * Puts back what is kept beside the items and is gone, with data that was removed or by a server
   * that came back with older data.
   *
   * @throws AdapterException if that fails; nothing that depends on it was applied
   */
  public void restore() {
    try {
      envelopes.restore();
    } catch (AdapterException e) {
      throw e.beforeAnyWrite();
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
