package io.stowage.testkit.storage;

import io.stowage.api.Document;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Short forms for the documents of the tests. */
public final class Docs {

  private Docs() {}

  /** A document of names and values in turn. */
  public static Document doc(@Nullable Object... namesAndValues) {
    return Document.of(fields(namesAndValues));
  }

  /** A map of names and values in turn, in their order. */
  public static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return fields;
  }

  /** The document with the whole number in a field increased by one. */
  public static Document incremented(Document document, String field) {
    if (!(document.get(field) instanceof Long number)) {
      throw new AssertionError("no whole number in field '" + field + "' of " + document);
    }
    return document.with(field, number + 1);
  }

  public static String idOf(Document document) {
    return document.id().orElseThrow();
  }

  public static List<String> ids(Collection<Document> documents) {
    return documents.stream().map(Docs::idOf).toList();
  }

  public static List<String> ids(Storage<Document> storage, Query query) {
    return ids(storage.list(query));
  }

  /** The ids on all pages, one page after the other. */
  public static List<String> pagedIds(Storage<Document> storage, Query query) {
    return pages(storage, query).stream().flatMap(page -> ids(page.items()).stream()).toList();
  }

  /** All pages of a query. */
  public static List<Page<Document>> pages(Storage<Document> storage, Query query) {
    List<Page<Document>> pages = new ArrayList<>();
    Optional<Page<Document>> page = Optional.of(storage.page(query));
    while (page.isPresent()) {
      pages.add(page.get());
      page = page.get().next().map(cursor -> storage.page(query, cursor));
    }
    return pages;
  }

  public static List<String> streamedIds(Storage<Document> storage, Query query) {
    try (Stream<Document> stream = storage.stream(query)) {
      return stream.map(Docs::idOf).toList();
    }
  }

  /** Ids such as {@code i000, i001, ...}, whose alphabetical order is their order. */
  public static List<String> numberedIds(int count) {
    return IntStream.range(0, count).mapToObj("i%04d"::formatted).toList();
  }
}
