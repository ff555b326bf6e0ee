package io.stowage.embedded.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server sends by itself and not as the answer to a command, in protocol 3.
 *
 * @param parts its parts, the kind first, as {@link RespReader} reads values
 */
public record RespPush(List<@Nullable Object> parts) {}
