package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;

import io.stowage.api.AtomicBatch;
import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.TtlOnUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can be done to a stored item, and the TTL that it has then, by the TTL of its store and by
 * whether it brings its own expiry. The documents have their id as {@code session} too, which is
 * indexed.
 */
enum TtlAct {
  SAVE("`save`", Life.SAVED, Life.SAVED, Life.SAVED) {
    @Override
    void on(Storage<Document> storage, Document item) {
      storage.save(item.with("n", 1));
    }
  },
  SAVE_ALL("`saveAll`", Life.SAVED, Life.SAVED, Life.SAVED) {
    @Override
    void on(Storage<Document> storage, Document item) {
      storage.saveAll(List.of(item.with("n", 1)));
    }
  },
  REPLACE("`replace`", Life.SAVED, Life.SAVED, Life.SAVED) {
    @Override
    void on(Storage<Document> storage, Document item) {
      var read = storage.loadVersioned(Docs.idOf(item)).orElseThrow();
      storage.replace(item.with("n", 1), read.version());
    }
  },
  REPLACE_ATOMICALLY("`atomically`: save, insert, replace", Life.SAVED, Life.SAVED, Life.SAVED) {
    @Override
    void on(Storage<Document> storage, Document item) {
      storage.atomically(AtomicBatch.<Document>empty().save(item.with("n", 1)));
    }
  },
  RENEW("`update` with `TtlOnUpdate.RENEW`", Life.SAVED, Life.SAVED, Life.SAVED) {
    @Override
    void on(Storage<Document> storage, Document item) {
      storage.update(Docs.idOf(item), TtlOnUpdate.RENEW, found -> found.with("n", 1));
    }
  },
  UPDATE("`update`", Life.KEPT, Life.EXTENDED, Life.KEPT) {
    @Override
    void on(Storage<Document> storage, Document item) {
      storage.update(Docs.idOf(item), found -> found.with("n", 1));
    }
  },
  SET("`update` that sets another own expiry", Life.SET, Life.SET, Life.SET) {
    @Override
    void on(Storage<Document> storage, Document item) {
      String moment = Instant.now().plus(GIVEN).toString();
      storage.update(Docs.idOf(item), found -> found.with("expires_at", moment));
    }
  },
  CLEAR("`update` that removes the own expiry", Life.KEPT, Life.EXTENDED, Life.STORE) {
    @Override
    void on(Storage<Document> storage, Document item) {
      storage.update(Docs.idOf(item), found -> found.without("expires_at"));
    }
  },
  LOAD("`load`, `loadVersioned`", Life.KEPT, Life.EXTENDED, Life.KEPT) {
    @Override
    void on(Storage<Document> storage, Document item) {
      storage.load(Docs.idOf(item));
    }
  },
  LOAD_ALL("`loadAll`", Life.KEPT, Life.EXTENDED, Life.KEPT) {
    @Override
    void on(Storage<Document> storage, Document item) {
      storage.loadAll(List.of(Docs.idOf(item)));
    }
  },
  LIST("`list`", Life.KEPT, Life.EXTENDED, Life.KEPT) {
    @Override
    void on(Storage<Document> storage, Document item) {
      storage.list(query(item));
    }
  },
  PAGE("`page`", Life.KEPT, Life.EXTENDED, Life.KEPT) {
    @Override
    void on(Storage<Document> storage, Document item) {
      storage.page(query(item));
    }
  },
  STREAM("`stream`, of the items taken from it", Life.KEPT, Life.EXTENDED, Life.KEPT) {
    @Override
    void on(Storage<Document> storage, Document item) {
      try (Stream<Document> stream = storage.stream(query(item))) {
        long unused = stream.count();
      }
    }
  },
  LOOK("`exists`, `ttl`, `count`, `estimateCount`", Life.KEPT, Life.KEPT, Life.KEPT) {
    @Override
    void on(Storage<Document> storage, Document item) {
      storage.exists(Docs.idOf(item));
      storage.count(query(item));
    }
  },
  TOUCH("`touch`", Life.SET, Life.SET, Life.SET) {
    @Override
    void on(Storage<Document> storage, Document item) {
      storage.touch(Docs.idOf(item), GIVEN);
    }
  };

  /** The TTL that an operation gives which gives one. */
  static final Duration GIVEN = Duration.ofHours(3);

  /** How long an item lives after an operation. */
  enum Life {
    SAVED("as if new: its own, else the store's"),
    STORE("the store's"),
    KEPT("as before"),
    EXTENDED("as before, but no less than the store's"),
    SET("as given");

    private final String words;

    Life(String words) {
      this.words = words;
    }
  }

  private final String words;
  private final Life withoutOwn;
  private final Life sliding;
  private final Life withOwn;

  TtlAct(String words, Life withoutOwn, Life sliding, Life withOwn) {
    this.words = words;
    this.withoutOwn = withoutOwn;
    this.sliding = sliding;
    this.withOwn = withOwn;
  }

  /** Does it to an item that is stored as it is given. */
  abstract void on(Storage<Document> storage, Document item);

  /** How long an item lives afterwards. */
  Life life(boolean isSliding, boolean hasOwnExpiry) {
    if (hasOwnExpiry) {
      return withOwn;
    }
    return isSliding ? sliding : withoutOwn;
  }

  private static Query query(Document item) {
    return where("session").is(Docs.idOf(item));
  }

  /** All that can be done and what follows, as the documentation shows it. */
  static String table() {
    StringBuilder table =
        new StringBuilder(
            """
            | operation | item without own expiry | the same where the TTL is sliding | item with own expiry |
            |---|---|---|---|
            """);
    for (TtlAct act : values()) {
      String row =
          String.join(" | ", act.words, act.withoutOwn.words, act.sliding.words, act.withOwn.words);
      table.append("| ").append(row).append(" |\n");
    }
    return table.toString();
  }
}
