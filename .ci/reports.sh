# What surefire's reports of all modules say. Sourced by the scripts beside it, with the project's
# directory as the current one. Needs no more than find, grep and awk.

in_reports=(. -maxdepth 4 -path './*/target/surefire-reports/TEST-*.xml')

# From now on means the reports of the tier quick, which has a directory of its own.
of_the_tier_quick() { in_reports=(. -maxdepth 5 -path './*/target/quick/surefire-reports/TEST-*.xml'); }

xml_functions='
  function attribute(line, name,    at) {
    at = index(line, " " name "=\"")
    if (at == 0) return ""
    line = substr(line, at + length(name) + 3)
    return substr(line, 1, index(line, "\"") - 1)
  }
  function plain(text) {
    gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text)
    gsub(/&apos;|&#39;/, "\047", text); gsub(/&amp;/, "\\&", text)
    return text
  }
  function seconds(text) { gsub(/,/, "", text); return text + 0 }
'

forget_reports() { rm -rf ./*/target/surefire-reports; }

# The first line of each report that counts: ./MODULE/target/surefire-reports/TEST-CLASS.xml:<testsuite ...
report_suites() { find "${in_reports[@]}" -exec grep -m 1 -H '^<testsuite ' {} +; }

# Prints "tests failures errors skipped seconds"; the seconds are the sum of what classes took.
report_totals() {
  report_suites | awk "$xml_functions"'
    {
      tests += attribute($0, "tests"); failures += attribute($0, "failures")
      errors += attribute($0, "errors"); skipped += attribute($0, "skipped")
      time += seconds(attribute($0, "time"))
    }
    END { printf "%d %d %d %d %d\n", tests, failures, errors, skipped, time }'
}

# The same from Maven's output in the file $1, which counts the tests of every nested class: a report
# holds only one of those of one name.
log_totals() {
  awk '
    function number(name,    at, text) {
      at = index($0, name ": ")
      text = at == 0 ? 0 : substr($0, at + length(name) + 2, 20)
      sub(/,? .*/, "", text) # a comma is behind the number, or between its thousands
      sub(/,$/, "", text)
      gsub(/,/, "", text)
      return text + 0
    }
    / Time elapsed: .* -- in / && number("Tests run") > 0 {
      tests += number("Tests run"); failures += number("Failures"); errors += number("Errors")
      skipped += number("Skipped"); time += number("Time elapsed")
    }
    END { printf "%d %d %d %d %d\n", tests, failures, errors, skipped, time }' "$1"
}

# Prints "seconds tests module class", the slowest classes first.
report_slowest() {
  report_suites | awk "$xml_functions"'
    {
      split($0, path, "/")
      printf "%.1f %d %s %s\n", seconds(attribute($0, "time")), attribute($0, "tests"), path[2], attribute($0, "name")
    }' | sort -k1,1nr -k4 | awk -v count="$1" 'NR <= count'
}

# Prints "class.test: first line of its message" of every test that failed.
report_failures() {
  find "${in_reports[@]}" -exec awk "$xml_functions"'
    FNR == 1 { is_output = 0 }
    /<system-(out|err)>/ { is_output = 1 }
    is_output { if (/<\/system-(out|err)>/) is_output = 0; next }
    /^ *<testcase / { test = attribute($0, "classname") "." attribute($0, "name") }
    untold { print plain(test) ": " plain($0); untold = 0 }
    /^ *<(failure|error)[ >]/ {
      message = attribute($0, "message")
      if (message == "") { # what was thrown had none: its first line names it
        message = $0
        sub(/^ *<[^>]*>(<!\[CDATA\[)?/, "", message)
      }
      sub(/&#10;.*/, "", message)
      if (message == "") untold = 1
      else print plain(test) ": " plain(message)
    }' {} +
}

# Prints "class.test: why" of every test that was skipped.
report_skipped() {
  find "${in_reports[@]}" -exec awk "$xml_functions"'
    /^ *<testcase / { test = attribute($0, "classname") "." attribute($0, "name") }
    /^ *<skipped[ >\/]/ {
      why = attribute($0, "message")
      if (why == "") { why = $0; sub(/^ *<[^>]*>(<!\[CDATA\[)?/, "", why); sub(/^[A-Za-z0-9_.$]*: /, "", why) }
      print plain(test) ": " plain(why)
    }' {} +
}
