package io.stowage.cli.upkeep;

import io.stowage.api.ItemReport;
import io.stowage.api.ItemReport.Entry;
import io.stowage.cli.terminal.Output;
import java.math.BigDecimal;
import java.util.Locale;

/** The report on one item, for people. */
final class ItemText {

  private ItemText() {}

  static void print(ItemReport report, Output output) {
    line(output, "id", report.id());
    line(output, "version", report.version() + " of " + report.version().instant());
    line(
        output,
        "stored",
        bytes(report.storedBytes())
            + (report.encodedBytes().isPresent()
                ? " of " + bytes(report.encodedBytes().getAsInt()) + " encoded"
                : ""));
    line(output, "codec", report.codec() + ", schema version " + report.schemaVersion());
    line(
        output,
        "compression",
        report.compression().label()
            + (report.dictionary().isPresent()
                ? " with dictionary " + report.dictionary().getAsInt()
                : ""));
    line(
        output,
        "encryption",
        report.keyId().isPresent() ? "under key " + report.keyId().getAsLong() : "none");
    line(output, "ttl", report.timeToLive().toString());
    report.damage().ifPresent(reason -> line(output, "damage", reason));
    for (Entry entry : report.entries()) {
      line(output, "entry", describe(entry));
    }
  }

  private static String describe(Entry entry) {
    return entry.kind().label()
        + " "
        + entry.index()
        + (entry.kind().isByValue() ? " = " + entry.value() : "")
        + " at "
        + number(entry.score())
        + (entry.isPresent() ? "" : ", MISSING");
  }

  private static String number(double score) {
    return Double.isInfinite(score)
        ? String.valueOf(score)
        : new BigDecimal(score).stripTrailingZeros().toPlainString();
  }

  private static String bytes(int count) {
    return String.format(Locale.ROOT, "%,d bytes", count);
  }

  private static void line(Output output, String name, String value) {
    output.line(String.format(Locale.ROOT, "%-12s %s", name, value));
  }
}
