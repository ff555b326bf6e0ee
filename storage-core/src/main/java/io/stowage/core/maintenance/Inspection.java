package io.stowage.core.maintenance;

import io.stowage.api.Compression;
import io.stowage.api.ItemReport;
import io.stowage.core.definition.IndexState;
import io.stowage.core.item.ItemImage;
import io.stowage.core.item.ItemMapper;
import io.stowage.spi.EnvelopeHeader;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StorePorts;
import io.stowage.spi.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Looks at what is stored of one item. */
final class Inspection<T> {

  private static final String UNKNOWN = "unknown";

  /** What is told of a payload of which nothing can be read. */
  private static final EnvelopeHeader UNREADABLE =
      new EnvelopeHeader(
          UNKNOWN,
          0,
          Compression.Algorithm.NONE,
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalLong.empty());

  private final StorePorts ports;
  private final ItemMapper<T> mapper;

  Inspection(StorePorts ports, ItemMapper<T> mapper) {
    this.ports = ports;
    this.mapper = mapper;
  }

  /** The report on an item; empty if there is none of that id. */
  Optional<ItemReport> of(String id) {
    StoredRecord record = ports.records().read(List.of(id)).get(0);
    if (record == null) {
      return Optional.empty();
    }
    EnvelopeHeader header = UNREADABLE;
    OptionalInt encodedBytes = OptionalInt.empty();
    List<ItemReport.Entry> entries = List.of();
    String damage = null;
    try {
      header = mapper.envelopes().header(record.payload());
      encodedBytes = header.encodedBytes();
      ItemImage<T> image = mapper.decode(id, record);
      encodedBytes = encodedBytes(id, record);
      entries = entries(image, record);
    } catch (SerializationException | IllegalArgumentException e) {
      damage = String.valueOf(e.getMessage());
    }
    return Optional.of(
        new ItemReport(
            id,
            record.version(),
            record.payload().length,
            encodedBytes,
            header.codec(),
            header.compression(),
            header.dictionary(),
            header.keyId(),
            header.schemaVersion(),
            ports.records().ttl(List.of(id)).get(0),
            entries,
            Optional.ofNullable(damage)));
  }

  /** What the codec wrote, before an upcaster changed it. */
  private OptionalInt encodedBytes(String id, StoredRecord record) {
    return OptionalInt.of(
        mapper.envelopes().open(record.payload(), id, record.version()).bytes().length);
  }

  private List<ItemReport.Entry> entries(ItemImage<T> image, StoredRecord record) {
    List<IndexEntry> entries =
        mapper
            .termsOfStored(image, mapper.live().current().in(IndexState.READY))
            .entries(image.id(), record.version());
    List<@Nullable Double> scores = entries.isEmpty() ? List.of() : ports.indexes().scores(entries);
    List<ItemReport.Entry> found = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      IndexEntry entry = entries.get(i);
      Double score = scores.get(i);
      found.add(
          new ItemReport.Entry(
              entry.term().index(),
              entry.term().kind(),
              entry.term().value(),
              score == null ? entry.ref().score() : score,
              score != null));
    }
    return found;
  }
}
