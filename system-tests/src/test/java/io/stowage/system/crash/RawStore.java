package io.stowage.system.crash;

import io.stowage.embedded.redis.RespConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A store as its servers hold it, read key by key and judged by the documented format alone: it
 * shares no code with the library.
 */
public final class RawStore {

  private static final String HOST = "127.0.0.1";
  private static final int HEADER_BYTES = 13;

  /** What follows an id in the member of an entry: a zero byte and the version. */
  private static final int TAIL_BYTES = 9;

  private static final byte MAGIC = (byte) 0xB5;

  private final String prefix;
  private final List<Integer> masters;

  /**
   * Looks at a store.
   *
   * @param prefix what its keys begin with, up to the colon after its name
   * @param masters the ports of all servers that hold a part of it
   */
  public RawStore(String prefix, List<Integer> masters) {
    this.prefix = prefix;
    this.masters = masters;
  }

  /** A term as its key, and the score of an entry in it. */
  private record Entry(String key, String member, double score) {}

  /** All keys of the store. */
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    for (int port : masters) {
      try (RespConnection redis = RespConnection.open(HOST, port)) {
        keys.addAll(keys(redis));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return keys;
  }

  private Set<String> keys(RespConnection redis) throws IOException {
    Set<String> keys = new LinkedHashSet<>();
    String cursor = "0";
    do {
      List<?> page = list(redis, "SCAN", cursor, "MATCH", prefix + "*", "COUNT", "1000");
      cursor = text(page.get(0));
      ((List<?>) page.get(1)).forEach(key -> keys.add(text(key)));
    } while (!cursor.equals("0"));
    return keys;
  }

  /**
   * What breaks the invariant, in words: index entries that a record asks for and that are not
   * there, or have another score. Nobody may write meanwhile.
   *
   * @param exact the exact indexes, on fields with texts or lists of texts
   * @param range the range indexes, on fields with whole numbers
   */
  public List<String> violations(Set<String> exact, Set<String> range) {
    Contents contents = contents();
    List<String> violations = new ArrayList<>();
    for (Entry wanted : wanted(contents.records, exact, range)) {
      Double score = contents.entries.getOrDefault(wanted.key(), Map.of()).get(wanted.member());
      if (score == null) {
        violations.add("missing: " + wanted);
      } else if (score != wanted.score()) {
        violations.add("score is " + score + ": " + wanted);
      }
    }
    return violations;
  }

  /** How many index entries there are that no record asks for. Nobody may write meanwhile. */
  public long deadEntries(Set<String> exact, Set<String> range) {
    Contents contents = contents();
    long all = contents.entries.values().stream().mapToLong(Map::size).sum();
    return all - wanted(contents.records, exact, range).size();
  }

  /** Records by id, and the members of each index key with their scores. */
  private static final class Contents {
    private final Map<String, byte[]> records = new TreeMap<>();
    private final Map<String, Map<String, Double>> entries = new TreeMap<>();
  }

  private Contents contents() {
    Contents contents = new Contents();
    for (int port : masters) {
      try (RespConnection redis = RespConnection.open(HOST, port)) {
        for (String key : keys(redis)) {
          read(redis, key, contents);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return contents;
  }

  private static List<?> list(RespConnection redis, String... words) throws IOException {
    if (redis.call(words) instanceof List<?> list) {
      return list;
    }
    throw new IllegalStateException("no list answers " + words[0]);
  }

  private void read(RespConnection redis, String key, Contents contents) throws IOException {
    String item = prefix + "item:";
    if (key.startsWith(item)) {
      if (redis.call("GET", key) instanceof byte[] record) {
        contents.records.put(key.substring(item.length()), record);
      }
    } else if (key.startsWith(prefix + "idx:") || key.startsWith(prefix + "rng:")) {
      List<?> range = list(redis, "ZRANGE", key, "0", "-1", "WITHSCORES");
      Map<String, Double> members = contents.entries.computeIfAbsent(key, it -> new TreeMap<>());
      for (int i = 0; i < range.size(); i += 2) {
        members.put(
            HexFormat.of().formatHex((byte[]) range.get(i)),
            Double.valueOf(text(range.get(i + 1))));
      }
    }
  }

  private Set<Entry> wanted(Map<String, byte[]> records, Set<String> exact, Set<String> range) {
    Set<Entry> wanted = new LinkedHashSet<>();
    records.forEach(
        (id, record) -> {
          if (record.length < HEADER_BYTES || record[0] != MAGIC) {
            throw new IllegalStateException("no record of this format: item '" + id + "'");
          }
          long version = ByteBuffer.wrap(record).getLong(1);
          byte[] member = Arrays.copyOf(utf8(id), utf8(id).length + TAIL_BYTES);
          ByteBuffer.wrap(member).putLong(member.length - Long.BYTES, version);
          String text = HexFormat.of().formatHex(member);
          String json = text(Arrays.copyOfRange(record, HEADER_BYTES, record.length));
          for (String field : exact) {
            for (String value : texts(json, field)) {
              wanted.add(new Entry(prefix + "idx:" + field + ":" + value, text, version >>> 12));
            }
          }
          for (String field : range) {
            Matcher number = Pattern.compile("\"" + field + "\":(-?\\d+)").matcher(json);
            if (number.find()) {
              wanted.add(new Entry(prefix + "rng:" + field, text, Long.parseLong(number.group(1))));
            }
          }
        });
    return wanted;
  }

  /** The texts of a field of flat JSON: one, several, or none. */
  private static Set<String> texts(String json, String field) {
    Set<String> texts = new LinkedHashSet<>();
    Matcher value = Pattern.compile("\"" + field + "\":(\"[^\"]*\"|\\[[^]]*])").matcher(json);
    if (value.find()) {
      Matcher text = Pattern.compile("\"([^\"]*)\"").matcher(value.group(1));
      while (text.find()) {
        texts.add(text.group(1));
      }
    }
    return texts;
  }

  private static String text(Object reply) {
    return new String((byte[]) reply, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
