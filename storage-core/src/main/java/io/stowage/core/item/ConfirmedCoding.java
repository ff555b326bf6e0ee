package io.stowage.core.item;

import io.stowage.api.Outcome;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.core.definition.StoredCoding;
import io.stowage.spi.AdapterException;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StorePorts;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Has replicas confirm what decoding needs beside the items (numbered names, dictionaries, the
 * secret of blind indexes) before they confirm items that need it: it may lie on another server,
 * and may have been stored by somebody who waited for nobody. Costs nothing as long as nothing is
 * added. Safe for use by many threads.
 */
public final class ConfirmedCoding {

  /** What was needed at some time. */
  private record Needed(StoredCoding coding, int pieces) {

    boolean isNothing() {
      return pieces == 0 && !coding.isNeeded();
    }

    boolean isSameAs(@Nullable Needed other) {
      return other != null && pieces == other.pieces && coding.equals(other.coding);
    }
  }

  private final StorePorts confirmed;
  private final LiveDefinition live;
  private final EnvelopePort envelopes;
  private final AtomicReference<@Nullable Needed> done = new AtomicReference<>();

  /**
   * Sends nothing.
   *
   * @param confirmed the store's ports whose writes wait for replicas
   */
  public ConfirmedCoding(StorePorts confirmed, ItemMapper<?> mapper) {
    this.confirmed = confirmed;
    this.live = mapper.live();
    this.envelopes = mapper.envelopes();
  }

  /**
   * Returns once replicas have confirmed what items need that were encoded before this call.
   *
   * @throws AdapterException if they do not; nothing that depends on it was applied
   */
  public void await() {
    Needed needed = new Needed(live.latest().coding(), envelopes.pieces());
    if (needed.isNothing() || needed.isSameAs(done.get())) {
      return;
    }
    try {
      envelopes.confirm(confirmed.blobs());
      live.confirm(confirmed.records());
    } catch (AdapterException e) {
      String message = reason(e);
      throw e.isTransient() || e.outcome() == Outcome.UNKNOWN
          ? AdapterException.unavailable(message, e)
          : AdapterException.refused(message, e);
    } catch (SerializationException e) {
      throw AdapterException.refused(reason(e), e);
    }
    done.set(needed);
  }

  private static String reason(RuntimeException failure) {
    return "nothing was written, for what decoding needs beside the items is not confirmed by"
        + " replicas: "
        + failure.getMessage();
  }
}
