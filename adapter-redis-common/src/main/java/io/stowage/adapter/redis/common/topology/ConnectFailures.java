package io.stowage.adapter.redis.common.topology;

import io.stowage.spi.AdapterException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What to tell when no connection to a server could be had, whatever client tried. */
public final class ConnectFailures {

  private ConnectFailures() {}

  /**
   * The failure for what a client threw: a refusal if one side does not accept the certificate of
   * the other, which no other try mends.
   */
  public static AdapterException of(ServerAddress address, Throwable failure) {
    String reason = reason(failure);
    for (Throwable cause : withCauses(failure)) {
      if (isVerdict(cause)) {
        return AdapterException.refused(
            "TLS with Redis at " + address + " failed: " + text(deepest(cause)), failure);
      }
      if (cause instanceof SSLException) {
        reason = text(cause);
      }
    }
    return AdapterException.unavailable(
        "cannot connect to Redis at " + address + ": " + reason, failure);
  }

  private static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  /** Whether a certificate was judged, by this side or by the server. */
  private static boolean isVerdict(Throwable failure) {
    return failure instanceof CertificateException
        || failure instanceof SSLPeerUnverifiedException
        || (failure instanceof SSLException && text(failure).contains("fatal alert"));
  }

  /** The failure when there was none within the time allowed. */
  public static AdapterException late(
      ServerAddress address, Duration limit, @Nullable Throwable cause) {
    return AdapterException.unavailable(
        "cannot connect to Redis at " + address + " within " + limit.toMillis() + " ms", cause);
  }

  /** The failure when the thread was interrupted meanwhile; its flag is set again. */
  public static AdapterException interrupted(ServerAddress address, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return AdapterException.unavailable(
        "interrupted while connecting to Redis at " + address, cause);
  }

  /** What the operating system or the server said: clients wrap it. */
  public static String reason(Throwable failure) {
    List<Throwable> all = withCauses(failure);
    return text(all.get(all.size() - 1));
  }

  /** The failure and its causes; what was suppressed counts as the cause where there is none. */
  private static List<Throwable> withCauses(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> all = new ArrayList<>();
    Throwable next = failure;
    while (next != null && seen.add(next)) {
      all.add(next);
      Throwable[] suppressed = next.getSuppressed();
      next = next.getCause() != null || suppressed.length == 0 ? next.getCause() : suppressed[0];
    }
    return all;
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
