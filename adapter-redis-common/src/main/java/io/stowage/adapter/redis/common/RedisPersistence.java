package io.stowage.adapter.redis.common;

import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Expiry;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.Repacking;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StoredRecord;
import io.stowage.spi.Touch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The records of one store: one key each, changed by scripts. Every method is one round trip, but
 * for reading records that are large all together.
 */
final class RedisPersistence implements PersistencePort {

  private static final byte[] ZERO = {'0'};
  private static final byte[] LAST_OF_VERSION = Bytes.decimal(RecordFormat.VERSION_END - 1L);

  private final Pipeline pipeline;
  private final ScriptRunner scripts;
  private final Keys keys;
  private final Commits commits;
  private final RecordReads reads;

  RedisPersistence(Pipeline pipeline, Keys keys, Commits commits, AnswerWeight weight) {
    this.reads = new RecordReads(pipeline, weight);
    this.pipeline = pipeline;
    this.scripts = new ScriptRunner(pipeline);
    this.keys = keys;
    this.commits = commits;
  }

  @Override
  public List<CommitResult> commit(List<Commit> batch) {
    return Commits.results(batch, scripts.run(commits.calls(batch)));
  }

  @Override
  public List<RemovalResult> remove(List<Removal> removals) {
    List<ScriptCall> calls = new ArrayList<>(removals.size());
    for (Removal removal : removals) {
      List<byte[]> args = List.of(RecordFormat.expected(removal.expected()));
      calls.add(new ScriptCall(Scripts.REMOVE, keys.item(removal.id()), args));
    }
    List<Reply> replies = scripts.run(calls);
    List<RemovalResult> results = new ArrayList<>(replies.size());
    for (int i = 0; i < replies.size(); i++) {
      results.add(removed(removals.get(i).id(), replies.get(i)));
    }
    return results;
  }

  private static RemovalResult removed(String id, Reply reply) {
    if (reply instanceof Reply.Nil) {
      return RemovalResult.NOTHING;
    }
    List<Reply> parts = Replies.array(reply);
    Version version = RecordFormat.versionAt(Replies.bytes(parts.get(0)), 0);
    return new RemovalResult(version, Commits.answered(id, parts, 1));
  }

  @Override
  public List<@Nullable StoredRecord> read(List<String> ids) {
    List<@Nullable StoredRecord> records = new ArrayList<>(ids.size());
    List<Reply> values = reads.values(ids.stream().map(keys::item).toList());
    for (int i = 0; i < ids.size(); i++) {
      Reply value = values.get(i);
      records.add(
          value instanceof Reply.Nil
              ? null
              : RecordFormat.decode(ids.get(i), Replies.bytes(value)));
    }
    return records;
  }

  @Override
  public List<@Nullable Version> versions(List<String> ids) {
    List<RedisCommand> commands = new ArrayList<>(ids.size());
    for (String id : ids) {
      byte[] key = keys.item(id);
      commands.add(RedisCommand.of("GETRANGE", key, List.of(key, ZERO, LAST_OF_VERSION)));
    }
    List<@Nullable Version> versions = new ArrayList<>(ids.size());
    for (Reply header : pipeline.read(commands)) {
      versions.add(RecordFormat.version(Replies.bytes(header)));
    }
    return versions;
  }

  @Override
  public List<Boolean> touch(List<Touch> touches) {
    List<ScriptCall> calls = new ArrayList<>(touches.size());
    for (Touch touch : touches) {
      List<byte[]> args = new ArrayList<>(3);
      args.add(RecordFormat.expected(touch.expected()));
      addExpiry(args, touch.expiry());
      calls.add(new ScriptCall(Scripts.TOUCH, keys.item(touch.id()), args));
    }
    return each(scripts.run(calls), reply -> Replies.integer(reply) == 1);
  }

  @Override
  public List<Boolean> repack(List<Repacking> repackings) {
    List<ScriptCall> calls = new ArrayList<>(repackings.size());
    for (Repacking repacking : repackings) {
      Version version = repacking.version();
      List<byte[]> args =
          List.of(
              RecordFormat.versionBytes(version),
              RecordFormat.encode(repacking.id(), version, repacking.payload()));
      calls.add(new ScriptCall(Scripts.REPACK, keys.item(repacking.id()), args));
    }
    return each(scripts.run(calls), reply -> Replies.integer(reply) == 1);
  }

  private static void addExpiry(List<byte[]> args, Expiry expiry) {
    switch (expiry.kind()) {
      case NEVER -> args.add(Bytes.ascii("PERSIST"));
      case AFTER -> {
        args.add(Bytes.ascii("PEXPIRE"));
        args.add(Bytes.decimal(expiry.millis()));
      }
      case AT -> {
        args.add(Bytes.ascii("PEXPIREAT"));
        args.add(Bytes.decimal(Math.max(1, expiry.millis()))); // 1 is as past as any
      }
      case KEEP -> args.add(Bytes.ascii("KEEPTTL"));
      case EXTEND -> {
        args.add(Bytes.ascii("EXTEND"));
        args.add(Bytes.decimal(expiry.millis()));
      }
    }
  }

  @Override
  public List<TimeToLive> ttl(List<String> ids) {
    return each(
        pipeline.read(ids.stream().map(id -> RedisCommand.onKey("PTTL", keys.item(id))).toList()),
        reply -> timeToLive(Replies.integer(reply)));
  }

  private static TimeToLive timeToLive(long millis) {
    if (millis >= 0) {
      return TimeToLive.of(Duration.ofMillis(millis));
    }
    return millis == -1 ? TimeToLive.unlimited() : TimeToLive.absent();
  }

  @Override
  public ScanPage scan(String from, int hint) {
    KeyPage page = pipeline.scan(from, keys.itemPattern(), hint);
    List<String> ids = new ArrayList<>(page.keys().size());
    for (byte[] key : page.keys()) {
      String id = keys.id(key);
      if (id != null) {
        ids.add(id);
      }
    }
    return new ScanPage(ids, page.next());
  }

  @Override
  public Optional<String> definition() {
    Reply reply = pipeline.readLatest(RedisCommand.onKey("GET", keys.meta()));
    return reply instanceof Reply.Nil ? Optional.empty() : Optional.of(Replies.text(reply));
  }

  @Override
  public String define(String definition) {
    List<byte[]> args = List.of(Bytes.utf8(definition));
    return Replies.text(scripts.run(new ScriptCall(Scripts.DEFINE, keys.meta(), args)));
  }

  @Override
  public boolean redefine(String expected, String definition) {
    List<byte[]> args = List.of(Bytes.utf8(expected), Bytes.utf8(definition));
    return Replies.integer(scripts.run(new ScriptCall(Scripts.REDEFINE, keys.meta(), args))) == 1;
  }

  /**
   * The clock of a Cluster is the slowest of its servers' clocks: what is too old by it is too old
   * for whichever of them serves a record, now or after a failover.
   */
  @Override
  public long serverMicros() {
    RedisCommand time = RedisCommand.keyless("TIME");
    return pipeline.isSingleNode()
        ? micros(pipeline.readLatest(time))
        : pipeline.readEverywhere(time).stream()
            .mapToLong(RedisPersistence::micros)
            .min()
            .orElseThrow();
  }

  private static long micros(Reply reply) {
    List<Reply> time = Replies.array(reply);
    return Replies.decimal(time.get(0)) * 1_000_000 + Replies.decimal(time.get(1));
  }

  private static <T> List<T> each(List<Reply> replies, Function<Reply, T> reader) {
    return replies.stream().map(reader).toList();
  }
}
