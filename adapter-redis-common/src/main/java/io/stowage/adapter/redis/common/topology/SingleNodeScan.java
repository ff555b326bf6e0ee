package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.KeyPage;
import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ScanPage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scan where one server has all keys. The position is {@code run:cursor}. If another server
 * answers than the one that gave the cursor, the scan begins anew.
 */
final class SingleNodeScan implements Scan {

  private static final Pattern POSITION = Pattern.compile("([0-9a-zA-Z]+|-):([0-9]{1,20})");

  private final Topology topology;
  private final Servers servers;

  SingleNodeScan(Topology topology, Servers servers) {
    this.topology = topology;
    this.servers = servers;
  }

  @Override
  public KeyPage next(String position, byte[] pattern, int count, Deadline deadline) {
    Matcher parts = POSITION.matcher(position.equals(ScanPage.START) ? "-:0" : position);
    if (!parts.matches()) {
      throw AdapterException.refused(
          "position '" + position + "' is none that a SCAN of this deployment has answered", null);
    }
    String run = parts.group(1);
    List<RedisCommand> commands = ScanStep.commands(parts.group(2), pattern, count);
    ScanStep step = Patience.read(topology, deadline, () -> step(commands, deadline));
    if (step.isOfAnotherRun(run)) {
      return new KeyPage(step.keys(), step.run() + ":" + ScanStep.BEGIN);
    }
    return new KeyPage(step.keys(), step.isLast() ? null : step.run() + ":" + step.cursor());
  }

  private ScanStep step(List<RedisCommand> commands, Deadline deadline) {
    ServerAddress master = topology.shards().masters().get(0);
    return ScanStep.read(
        commands, ServerAnswers.of(servers, List.of(master), commands, deadline).from(master));
  }
}
