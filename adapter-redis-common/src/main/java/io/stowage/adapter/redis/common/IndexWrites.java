package io.stowage.adapter.redis.common;

import io.stowage.spi.IndexEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns entries into commands that add or remove them, one for each key that they share. */
final class IndexWrites {

  /** A command of more entries would hold up the server's other clients. */
  private static final int MAX_ENTRIES = 1_000;

  /** A command, and the entries that it adds or removes. */
  record Write(RedisCommand command, List<IndexEntry> entries) {}

  private final Keys keys;

  IndexWrites(Keys keys) {
    this.keys = keys;
  }

  List<Write> adds(List<IndexEntry> entries) {
    return writes("ZADD", entries);
  }

  List<Write> removals(List<IndexEntry> entries) {
    return writes("ZREM", entries);
  }

  static List<RedisCommand> commands(List<Write> writes) {
    return writes.stream().map(Write::command).toList();
  }

  private List<Write> writes(String name, List<IndexEntry> entries) {
    List<Write> writes = new ArrayList<>();
    grouped(entries)
        .forEach(
            (key, group) -> {
              for (int from = 0; from < group.size(); from += MAX_ENTRIES) {
                int to = Math.min(from + MAX_ENTRIES, group.size());
                List<IndexEntry> part = group.subList(from, to);
                writes.add(new Write(command(name, Bytes.utf8(key), part), part));
              }
            });
    return writes;
  }

  private Map<String, List<IndexEntry>> grouped(List<IndexEntry> entries) {
    Map<String, List<IndexEntry>> groups = new LinkedHashMap<>();
    for (IndexEntry entry : entries) {
      groups.computeIfAbsent(keys.term(entry.term()), key -> new ArrayList<>(1)).add(entry);
    }
    return groups;
  }

  private static RedisCommand command(String name, byte[] key, List<IndexEntry> entries) {
    List<byte[]> args = new ArrayList<>(1 + 2 * entries.size());
    args.add(key);
    for (IndexEntry entry : entries) {
      if (name.equals("ZADD")) {
        args.add(Bytes.score(entry.ref().score()));
      }
      args.add(EntryMember.encode(entry.ref().id(), entry.ref().version()));
    }
    return RedisCommand.of(name, key, args);
  }
}
