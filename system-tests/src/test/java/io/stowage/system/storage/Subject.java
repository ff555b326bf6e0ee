package io.stowage.system.storage;

import io.stowage.api.Cursor;
import io.stowage.api.Document;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store of the differential test, and the form in which its answers can be compared with those of
 * another: versions become the number of the write that took them.
 */
final class Subject {

  private final Storage<Document> storage;
  private final List<Version> versions = new ArrayList<>();
  private final Map<Version, Integer> numbers = new LinkedHashMap<>();
  private @Nullable Cursor cursor;

  Subject(Storage<Document> storage) {
    this.storage = storage;
  }

  Storage<Document> storage() {
    return storage;
  }

  /** The answer of an operation, or what its failure says about itself. */
  Object answer(Function<Subject, Object> operation) {
    try {
      return operation.apply(this);
    } catch (StorageException e) {
      return "%s %s transient=%s".formatted(e.getClass(), e.outcome(), e.isTransient());
    } catch (RuntimeException e) {
      return e.getClass().toString();
    }
  }

  /** How many versions were seen so far. */
  int versionsSeen() {
    return versions.size();
  }

  /** The version of the write with this number. */
  Version version(int number) {
    return versions.get(number);
  }

  Object write(WriteResult result) {
    if (result.isStored() && numbers.putIfAbsent(result.storedVersion(), versions.size()) == null) {
      versions.add(result.storedVersion());
    }
    return result.id() + " " + result.status() + " " + result.version().map(this::number);
  }

  Object versioned(String id) {
    return storage
        .loadVersioned(id)
        .map(it -> it.id() + " " + number(it.version()) + " " + it.item());
  }

  private String number(Version version) {
    Integer number = numbers.get(version);
    return number == null ? "never given" : "write " + number;
  }

  /** The first page of a query, or the one after the last page that was asked for. */
  Object page(Query query, boolean isFirst) {
    if (!isFirst && cursor == null) {
      return "no page";
    }
    Page<Document> page =
        isFirst || cursor == null ? storage.page(query) : storage.page(query, cursor);
    cursor = page.following();
    return page.items() + (cursor == null ? " end" : " more");
  }

  /** A TTL in whole days, which pass more slowly than the test. */
  Object ttl(String id) {
    TimeToLive ttl = storage.ttl(id);
    Optional<Long> days = ttl.remaining().map(it -> it.plusHours(12).toDays());
    return ttl.isPresent() + " " + ttl.isUnlimited() + " " + days;
  }
}
