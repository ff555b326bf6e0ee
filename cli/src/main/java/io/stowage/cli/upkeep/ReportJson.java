package io.stowage.cli.upkeep;

import io.stowage.api.DoctorReport;
import io.stowage.api.DoctorReport.Finding;
import io.stowage.api.DoctorReport.Kind;
import io.stowage.api.Document;
import io.stowage.api.ItemReport;
import io.stowage.api.ServerReport;
import io.stowage.api.ServerReport.Problem;
import io.stowage.api.ServerReport.Server;
import io.stowage.cli.command.DocumentJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports for machines: one JSON object on one line. */
final class ReportJson {

  private ReportJson() {}

  static byte[] of(Diagnosis diagnosis) {
    DoctorReport found = diagnosis.found();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("store", diagnosis.store());
    json.put("healthy", diagnosis.isHealthy());
    json.put("records", found.records());
    json.put("entries", found.entries());
    json.put("findings", counts(found));
    json.put("examples", found.examples().stream().map(ReportJson::example).toList());
    json.put("repaired", found.repaired());
    json.put("dropped_clean_ups", found.droppedCleanUps());
    diagnosis.left().ifPresent(left -> json.put("left", counts(left)));
    json.put("elapsed_ms", found.elapsed().toMillis());
    return DocumentJson.write(json);
  }

  private static Map<String, @Nullable Object> counts(DoctorReport report) {
    Map<String, @Nullable Object> counts = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      if (report.count(kind) > 0) {
        counts.put(name(kind), report.count(kind));
      }
    }
    return counts;
  }

  private static Map<String, String> example(Finding finding) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("kind", name(finding.kind()));
    json.put("id", finding.id());
    json.put("detail", wellFormed(finding.detail()));
    return json;
  }

  /** The report on the servers; a backend that has none has an empty list of them. */
  static byte[] of(Optional<ServerReport> report) {
    List<Server> servers = report.map(ServerReport::servers).orElse(List.of());
    List<Problem> problems = report.map(ServerReport::problems).orElse(List.of());
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("servers", servers.stream().map(ReportJson::server).toList());
    json.put("problems", problems.stream().map(ReportJson::problem).toList());
    report.flatMap(ServerReport::missingRights).ifPresent(line -> json.put("missing_rights", line));
    return DocumentJson.write(json);
  }

  private static Map<String, Object> server(Server server) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("address", server.address());
    json.put("role", server.role());
    json.put("product", server.product());
    json.put("version", server.version());
    json.put("eviction_policy", server.evictionPolicy());
    json.put("persistence", server.persistence());
    json.put("replicas", server.replicas());
    return json;
  }

  private static Map<String, String> problem(Problem problem) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("severity", name(problem.severity()));
    json.put("text", problem.text());
    return json;
  }

  /** The report on an item, and the item if it is wanted and can be decoded. */
  static byte[] of(ItemReport report, Optional<Document> item) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", report.id());
    json.put("version", report.version().toString());
    json.put("written_at", report.version().instant().toString());
    json.put("stored_bytes", report.storedBytes());
    report.encodedBytes().ifPresent(bytes -> json.put("encoded_bytes", bytes));
    json.put("codec", report.codec());
    json.put("schema_version", report.schemaVersion());
    json.put("compression", report.compression().label());
    report.dictionary().ifPresent(number -> json.put("dictionary", number));
    report.keyId().ifPresent(key -> json.put("key_id", key));
    json.put("ttl", report.timeToLive().toString());
    report.damage().ifPresent(reason -> json.put("damage", wellFormed(reason)));
    json.put("entries", report.entries().stream().map(ReportJson::entry).toList());
    return item.map(document -> with(json, document)).orElseGet(() -> DocumentJson.write(json));
  }

  /** The item is written by itself: inside the report it may be nested deeper than JSON may be. */
  private static byte[] with(Map<String, @Nullable Object> json, Document item) {
    byte[] report = DocumentJson.write(json);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(report, 0, report.length - 1);
    both.writeBytes(",\"item\":".getBytes(StandardCharsets.UTF_8));
    both.writeBytes(DocumentJson.write(item));
    both.write('}');
    return both.toByteArray();
  }

  private static Map<String, Object> entry(ItemReport.Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("index", entry.index());
    json.put("kind", entry.kind().label());
    json.put("value", wellFormed(entry.value()));
    double score = entry.score();
    json.put("score", Double.isFinite(score) ? (Object) score : String.valueOf(score));
    json.put("present", entry.isPresent());
    return json;
  }

  /** Text that JSON can hold: messages may quote a half of a character. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
