package io.stowage.adapter.redis.common.topology;

import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What to tell when no connection to a server could be had, whatever client tried. */
public final class ConnectFailures {

  private ConnectFailures() {}

  /** The failure for what a client threw: a refusal if TLS failed, which no other try mends. */
  public static AdapterException of(ServerAddress address, Throwable failure) {
    Throwable root = root(failure);
    SSLException tls = tls(failure);
    if (tls != null) {
      return AdapterException.refused(
          "TLS with Redis at " + address + " failed: " + text(tls) + reason(tls, root), failure);
    }
    return AdapterException.unavailable(
        "cannot connect to Redis at " + address + ": " + text(root), failure);
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
    return text(root(failure));
  }

  private static String reason(SSLException tls, Throwable root) {
    return text(tls).contains(text(root)) ? "" : " (" + text(root) + ")";
  }

  private static Throwable root(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable root = failure;
    while (seen.add(root)) {
      Throwable[] suppressed = root.getSuppressed();
      Throwable deeper =
          root.getCause() != null || suppressed.length == 0 ? root.getCause() : suppressed[0];
      root = deeper == null ? root : deeper;
    }
    return root;
  }

  private static @Nullable SSLException tls(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
      if (t instanceof SSLException tls) {
        return tls;
      }
      for (Throwable suppressed : t.getSuppressed()) {
        SSLException tls = tls(suppressed);
        if (tls != null) {
          return tls;
        }
      }
    }
    return null;
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
