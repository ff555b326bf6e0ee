package io.stowage.adapter.redis.common.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Servers that failed a moment ago. Asking one of them may take long, so others come first. */
final class Suspects {

  private static final long FORGOTTEN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Map<ServerAddress, Long> failedAt = new ConcurrentHashMap<>();

  void add(ServerAddress server) {
    failedAt.put(server, System.nanoTime());
  }

  boolean contains(ServerAddress server) {
    Long at = failedAt.get(server);
    if (at == null) {
      return false;
    }
    if (System.nanoTime() - at > FORGOTTEN_AFTER_NANOS) {
      failedAt.remove(server, at);
      return false;
    }
    return true;
  }

  /** The known servers by chance, then the others in their order, then the suspects. */
  List<ServerAddress> last(Collection<ServerAddress> known, Collection<ServerAddress> others) {
    List<ServerAddress> shuffled = new ArrayList<>(known);
    Collections.shuffle(shuffled);
    Set<ServerAddress> all = new LinkedHashSet<>(shuffled);
    all.addAll(others);
    Map<Boolean, List<ServerAddress>> suspected =
        all.stream().collect(Collectors.partitioningBy(this::contains));
    List<ServerAddress> order = new ArrayList<>(suspected.getOrDefault(false, List.of()));
    order.addAll(suspected.getOrDefault(true, List.of()));
    return order;
  }
}
