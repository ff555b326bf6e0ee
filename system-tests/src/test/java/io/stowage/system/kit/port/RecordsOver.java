package io.stowage.system.kit.port;

import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.Repacking;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StoredRecord;
import io.stowage.spi.Touch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records that are kept by another port; what is overridden differs. */
class RecordsOver implements PersistencePort {

  final PersistencePort right;

  RecordsOver(PersistencePort right) {
    this.right = right;
  }

  @Override
  public List<CommitResult> commit(List<Commit> commits) {
    return right.commit(commits);
  }

  @Override
  public List<RemovalResult> remove(List<Removal> removals) {
    return right.remove(removals);
  }

  @Override
  public List<@Nullable StoredRecord> read(List<String> ids) {
    return right.read(ids);
  }

  @Override
  public List<@Nullable Version> versions(List<String> ids) {
    return right.versions(ids);
  }

  @Override
  public List<Boolean> touch(List<Touch> touches) {
    return right.touch(touches);
  }

  @Override
  public List<Boolean> repack(List<Repacking> repackings) {
    return right.repack(repackings);
  }

  @Override
  public List<TimeToLive> ttl(List<String> ids) {
    return right.ttl(ids);
  }

  @Override
  public ScanPage scan(String from, int hint) {
    return right.scan(from, hint);
  }

  @Override
  public Optional<String> definition() {
    return right.definition();
  }

  @Override
  public String define(String definition) {
    return right.define(definition);
  }

  @Override
  public boolean redefine(String expected, String definition) {
    return right.redefine(expected, definition);
  }

  @Override
  public long serverMicros() {
    return right.serverMicros();
  }
}
