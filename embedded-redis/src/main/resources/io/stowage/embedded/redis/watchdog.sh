# Runs a server for as long as the other end of standard input is open.
#
#   sh watchdog.sh LOG SCRATCH COMMAND...
#
# The JVM holds the write end of standard input. However the JVM ends, the kernel closes it; then
# the server is killed, and the directory SCRATCH, if it is not empty, is removed. A line on
# standard input is the name of a signal for the server. Prints the server's process id, then one
# line for each signal: "sent" or "gone". Exits with the server's status.
#
# A server that saves or feeds a new replica does so in a child process, which would outlive it and
# write to its data directory again: KILL is for the children too.

# What a terminal sends to a whole process group must not end the watchdog before the server.
trap '' HUP INT QUIT TERM PIPE

log=$1
scratch=$2
shift 2
exec 3<&0 </dev/null 2>>"$log"

"$@" 3<&- >>"$log" &
server=$!

children() {
  cat "/proc/$server/task/$server/children" 2>/dev/null || pgrep -P "$server" 2>/dev/null
}

# A stopped server starts no further child. It is killed last: once it is gone, the main process
# ends whoever is here, who might not have come to the children yet.
kill_all() {
  kill -s STOP "$server" || return 1
  found=$(children)
  [ -z "$found" ] || kill -s KILL $found
  kill -s KILL "$server"
}

{
  while read -r signal <&3; do
    if [ "$signal" = KILL ]; then kill_all; else kill -s "$signal" "$server"; fi
    if [ $? -eq 0 ]; then echo sent; else echo gone; fi
  done
  # From here on the main process waits for the exit status, which tells it to clean up.
  trap '' USR1
  kill_all
  exit 7
} &
listener=$!
exec 3<&-

echo "$server"
wait "$server"
status=$?

# The server is reaped: its process id is no longer ours to signal.
kill -s USR1 "$listener"
wait "$listener"
if [ $? -eq 7 ] && [ -n "$scratch" ]; then
  rm -rf -- "$scratch"
fi
exit "$status"
