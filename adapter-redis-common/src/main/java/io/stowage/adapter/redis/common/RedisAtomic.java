package io.stowage.adapter.redis.common;

import io.stowage.spi.AtomicPort;
import io.stowage.spi.AtomicResult;
import io.stowage.spi.AtomicWrite;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Removal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Several writes in one script on all their keys: one round trip. Payloads of replaced and removed
 * records are answered up to {@link Scripts#MAX_ANSWERED_BYTES} all together.
 */
final class RedisAtomic implements AtomicPort {

  private static final int ARGS_OF_A_WRITE = 5;

  private final Pipeline pipeline;
  private final ScriptRunner scripts;
  private final Keys keys;

  RedisAtomic(Pipeline pipeline, Keys keys) {
    this.pipeline = pipeline;
    this.scripts = new ScriptRunner(pipeline);
    this.keys = keys;
  }

  @Override
  public boolean holdsTogether(List<String> ids) {
    return pipeline.servesTogether(ids.stream().map(keys::item).toList());
  }

  @Override
  public String requirement() {
    return "the same {tag} in their ids";
  }

  @Override
  public AtomicResult apply(List<AtomicWrite> writes) {
    pipeline.checkOpen();
    List<byte[]> all = checkedKeys(writes);
    List<byte[]> args = new ArrayList<>(ARGS_OF_A_WRITE * writes.size());
    for (AtomicWrite write : writes) {
      int end = args.size() + ARGS_OF_A_WRITE;
      if (write instanceof Commit commit) {
        args.addAll(Commits.args(commit));
      } else if (write instanceof Removal removal) {
        args.add(Bytes.EMPTY);
        args.add(RecordFormat.expected(removal.expected()));
      }
      args.addAll(Collections.nCopies(end - args.size(), Bytes.EMPTY));
    }
    return result(writes, scripts.run(new ScriptCall(Scripts.ATOMIC, all, args)));
  }

  private List<byte[]> checkedKeys(List<AtomicWrite> writes) {
    if (writes.isEmpty() || writes.size() > MAX_WRITES) {
      throw new IllegalArgumentException(
          writes.size() + " writes are given; allowed are 1 to " + MAX_WRITES);
    }
    Set<String> ids = new HashSet<>();
    for (AtomicWrite write : writes) {
      if (!ids.add(write.id())) {
        throw new IllegalArgumentException(
            "two writes have the id '" + write.id() + "'; allowed is one");
      }
    }
    List<byte[]> all = writes.stream().map(write -> keys.item(write.id())).toList();
    if (!pipeline.servesTogether(all)) {
      throw new IllegalArgumentException(
          "the items do not lie together; needed is " + requirement());
    }
    return all;
  }

  private static AtomicResult result(List<AtomicWrite> writes, Reply reply) {
    List<Reply> parts = Replies.array(reply);
    long micros = Commits.micros(parts);
    List<CommitResult> results = new ArrayList<>();
    List<Reply> answers = Replies.array(parts.get(3));
    for (int i = 0; i < answers.size(); i++) {
      results.add(Commits.result(writes.get(i).id(), micros, Replies.array(answers.get(i))));
    }
    return new AtomicResult(Replies.integer(parts.get(0)) == 1, results);
  }
}
