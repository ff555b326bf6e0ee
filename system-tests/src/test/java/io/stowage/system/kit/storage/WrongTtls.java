package io.stowage.system.kit.storage;

import io.stowage.api.Document;
import io.stowage.api.Storage;
import io.stowage.api.TimeToLive;
import io.stowage.api.TtlOnUpdate;
import io.stowage.api.WriteResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Storages that are wrong on purpose about how long items live. */
final class WrongTtls {

  private WrongTtls() {}

  /** Takes an update for a save. */
  static final class RenewsWhatItUpdates extends ForwardingStorage {
    RenewsWhatItUpdates(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult update(String id, UnaryOperator<Document> change) {
      return super.update(id, TtlOnUpdate.RENEW, change);
    }
  }

  /** Takes a save of a stored item for an update. */
  static final class KeepsTheTtlOfASave extends ForwardingStorage {
    KeepsTheTtlOfASave(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult save(Document item) {
      return item.id().filter(this::exists).isPresent()
          ? super.update(item.id().orElseThrow(), stored -> item)
          : super.save(item);
    }
  }

  /** Gives every item that is loaded the same TTL. */
  static final class ShortensByARead extends ForwardingStorage {
    ShortensByARead(Storage<Document> right) {
      super(right);
    }

    @Override
    public Optional<Document> load(String id) {
      super.touch(id, Duration.ofHours(1));
      return super.load(id);
    }
  }

  /** Looks at the TTL before an update, and gives it back afterwards. */
  static final class PutsTheTtlBack extends ForwardingStorage {
    PutsTheTtlBack(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult update(String id, UnaryOperator<Document> change) {
      TimeToLive before = ttl(id);
      WriteResult result = super.update(id, TtlOnUpdate.RENEW, change);
      before.remaining().ifPresent(left -> touch(id, left));
      return result;
    }
  }
}
