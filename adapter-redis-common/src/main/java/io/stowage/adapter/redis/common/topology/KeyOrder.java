package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.Reply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps commands on one key in their order, although some are sent again and others are not. */
final class KeyOrder {

  private KeyOrder() {}

  /**
   * Which commands may be sent again: those that were redirected, and after which no other on their
   * key was applied.
   *
   * @param redirections what each command's answer says; null where it was the last
   */
  static List<Errand> again(
      List<Errand> errands, List<Reply> answers, List<@Nullable Redirection> redirections) {
    List<Errand> again = new ArrayList<>();
    Set<ByteBuffer> applied = new HashSet<>();
    for (int i = errands.size() - 1; i >= 0; i--) {
      Errand errand = errands.get(i);
      Redirection redirection = redirections.get(i);
      byte[] key = errand.command().key();
      if (redirection == null) {
        if (key != null && !(answers.get(i) instanceof Reply.Failure)) {
          applied.add(ByteBuffer.wrap(key));
        }
      } else if (key == null || !applied.contains(ByteBuffer.wrap(key))) {
        again.add(errand.redirected(redirection));
      }
    }
    return again;
  }

  /** In the order of the batch; commands on one key that would go different ways are looked up. */
  static List<Errand> oneWayForEachKey(List<Errand> errands) {
    List<Errand> sorted = new ArrayList<>(errands);
    sorted.sort(Comparator.comparingInt(Errand::index));
    Map<ByteBuffer, Errand> ways = new HashMap<>();
    Set<ByteBuffer> parted = new HashSet<>();
    for (Errand errand : sorted) {
      byte[] key = errand.command().key();
      if (key != null) {
        ByteBuffer wrapped = ByteBuffer.wrap(key);
        Errand first = ways.putIfAbsent(wrapped, errand);
        if (first != null && !first.hasRouteOf(errand)) {
          parted.add(wrapped);
        }
      }
    }
    if (!parted.isEmpty()) {
      sorted.replaceAll(
          errand -> {
            byte[] key = errand.command().key();
            return key != null && parted.contains(ByteBuffer.wrap(key))
                ? errand.lookedUp()
                : errand;
          });
    }
    return sorted;
  }
}
