package io.stowage.cli.upkeep;

import io.stowage.api.DoctorReport;
import io.stowage.api.DoctorReport.Finding;
import io.stowage.api.DoctorReport.Kind;
import io.stowage.cli.terminal.ErrorLine;
import io.stowage.cli.terminal.Output;
import java.util.Locale;

/** A diagnosis for people. */
final class DiagnosisText {

  private DiagnosisText() {}

  static void print(Diagnosis diagnosis, Output output) {
    DoctorReport found = diagnosis.found();
    output.line(
        String.format(
            Locale.ROOT,
            "checked '%s' in %.1f s: %d records, %d index entries",
            diagnosis.store(),
            found.elapsed().toMillis() / 1e3,
            found.records(),
            found.entries()));
    findings(found, output);
    diagnosis
        .left()
        .ifPresent(
            left -> {
              output.line("repaired " + found.repaired() + ", and checked again:");
              findings(left, output);
            });
    if (found.droppedCleanUps() > 0) {
      output.line(
          found.droppedCleanUps()
              + " clean-ups were given up meanwhile; 'stowage sweep' removes what they left");
    }
    output.line(verdict(diagnosis));
  }

  private static void findings(DoctorReport report, Output output) {
    for (Kind kind : Kind.values()) {
      if (report.count(kind) > 0) {
        output.line(
            "  "
                + report.count(kind)
                + " "
                + name(kind)
                + (kind.isHarmless() ? " (harmless)" : ""));
        report.examples().stream()
            .filter(finding -> finding.kind() == kind)
            .forEach(finding -> output.line("    " + example(finding)));
      }
    }
  }

  private static String example(Finding finding) {
    return ErrorLine.of("'" + finding.id() + "': " + finding.detail());
  }

  private static String name(Kind kind) {
    return switch (kind) {
      case DEAD_ENTRY -> "index entries without a record";
      case MISSING_ENTRY -> "index entries missing";
      case FALSE_ENTRY -> "index entries that say what is not so";
      case OLD_ENTRIES -> "schema versions that the indexes have not come to";
      case WRONG_SCORE -> "index entries in a wrong place";
      case UNKNOWN_INDEX -> "entries of indexes that the store does not have";
      case NO_TTL -> "records without a TTL";
      case UNDECODABLE -> "records that cannot be decoded";
    };
  }

  private static String verdict(Diagnosis diagnosis) {
    DoctorReport now = diagnosis.left().orElse(diagnosis.found());
    if (now.isClean()) {
      return diagnosis.left().isPresent() ? "nothing is left" : "nothing was found";
    }
    if (now.isHealthy()) {
      return "no answer of the store is wrong; 'stowage sweep' removes what is harmless";
    }
    return diagnosis.left().isPresent()
        ? "not everything could be mended"
        : "answers of the store may be wrong; --repair mends what can be mended";
  }
}
