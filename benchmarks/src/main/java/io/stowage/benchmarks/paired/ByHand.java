package io.stowage.benchmarks.paired;

import io.stowage.api.Document;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The work as a careful user writes it on a raw client, to the same effect as the library's: the
 * entries are added before the record is committed, in one pipeline; those of a replaced record are
 * removed in the background; a read checks the checksum, and a list passes over entries of other
 * versions than the record's.
 */
final class ByHand implements Side {

  /** A commit that comes later than this after its version is refused. */
  private static final long GRACE_MICROS = TimeUnit.SECONDS.toMicros(60);

  private static final byte[] NO_PRECONDITION = {};
  private static final byte[] EXPIRES_AFTER = {'P', 'X'};
  private static final byte[] TTL_MILLIS = decimal(Layout.TTL.toMillis());
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private final RawClient client;
  private final List<String> indexes;
  private final JsonMapper json = new JsonMapper();
  private final AtomicLong lastMicros = new AtomicLong();
  private final Retirer retirer;

  ByHand(RawClient client, List<String> indexes) {
    this.client = client;
    this.indexes = indexes;
    this.retirer = new Retirer(client, this::indexKeys);
  }

  @Override
  public String name() {
    return "hand";
  }

  @Override
  public void save(Document document) {
    String id = document.id().orElseThrow();
    byte[] idBytes = Layout.utf8(id);
    byte[] payload = json.writeValueAsBytes(document.asMap());
    long micros = nextMicros();
    long version =
        micros << Layout.RANDOM_BITS | ThreadLocalRandom.current().nextInt(1 << Layout.RANDOM_BITS);
    List<byte[]> keys = new ArrayList<>(indexes.size());
    for (String key : indexKeys(document)) {
      keys.add(Layout.utf8(key));
    }
    List<byte[]> arguments =
        List.of(
            Layout.record(idBytes, version, payload),
            NO_PRECONDITION,
            decimal(micros + GRACE_MICROS),
            EXPIRES_AFTER,
            TTL_MILLIS);
    List<?> answer =
        client.write(keys, micros, Layout.member(idBytes, version), Layout.itemKey(id), arguments);
    if (!answer.get(0).equals(CommitScript.APPLIED)) {
      throw new IllegalStateException("item '" + id + "' was refused: status " + answer.get(0));
    }
    if (answer.size() > CommitScript.REPLACED) {
      byte[] replaced = (byte[]) answer.get(CommitScript.REPLACED);
      retirer.submit(new Retirer.Job(id, Layout.version(replaced), () -> decode(id, replaced)));
    }
  }

  /** Time in microseconds, never the same twice. */
  private long nextMicros() {
    Instant now = Instant.now();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    return lastMicros.updateAndGet(last -> Math.max(micros, last + 1));
  }

  private List<String> indexKeys(Document document) {
    Map<String, @Nullable Object> fields = document.asMap();
    List<String> keys = new ArrayList<>(indexes.size());
    for (String index : indexes) {
      keys.add(Layout.INDEX_PREFIX + index + ":" + fields.get(index));
    }
    return keys;
  }

  @Override
  public @Nullable Document load(String id) {
    byte[] record = client.get(Layout.itemKey(id));
    return record == null ? null : decode(id, record);
  }

  private Document decode(String id, byte[] record) {
    if (!Layout.isWhole(Layout.utf8(id), record)) {
      throw new IllegalStateException("item '" + id + "' is damaged");
    }
    int header = Layout.HEADER_BYTES;
    return Document.of(json.readValue(record, header, record.length - header, FIELDS));
  }

  @Override
  public List<Document> list(String session, int limit) {
    byte[] key = Layout.indexKey(Layout.SESSION, session);
    List<Document> found = new ArrayList<>(limit);
    boolean isMore = true;
    for (int from = 0; isMore && found.size() < limit; from += limit) {
      List<byte[]> members = client.range(key, from, from + limit - 1L);
      isMore = members.size() == limit;
      if (!members.isEmpty()) {
        addCurrent(members, found, limit);
      }
    }
    return found;
  }

  private void addCurrent(List<byte[]> members, List<Document> found, int limit) {
    List<Layout.Entry> entries = members.stream().map(Layout::entry).toList();
    List<byte @Nullable []> records =
        client.getAll(entries.stream().map(entry -> Layout.itemKey(entry.id())).toList());
    for (int i = 0; i < entries.size() && found.size() < limit; i++) {
      Layout.Entry entry = entries.get(i);
      byte[] record = records.get(i);
      if (record != null && Layout.version(record) == entry.version()) {
        found.add(decode(entry.id(), record));
      }
    }
  }

  private static byte[] decimal(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    retirer.close(Duration.ofSeconds(5));
    client.close();
  }
}
