package io.stowage.serialization.msgpack;

import io.stowage.serialization.binding.ItemBinding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TreeNode;
import tools.jackson.core.type.ResolvedType;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Lets serializers write and read further values by the mapper that called them. */
final class MapperBinding {

  private MapperBinding() {}

  /** For a generator. */
  static final class Writing extends ObjectWriteContext.Base {
    private final JsonMapper mapper;

    Writing(JsonMapper mapper) {
      this.mapper = mapper;
    }

    @Override
    public void writeValue(JsonGenerator generator, Object value) {
      mapper.writeValue(generator, value);
    }

    @Override
    public void writeTree(JsonGenerator generator, TreeNode tree) {
      mapper.writeValue(generator, tree);
    }
  }

  /** For a parser. */
  static final class Reading extends ObjectReadContext.Base {
    private static final StreamReadConstraints CONSTRAINTS = ItemBinding.readConstraints();

    private final JsonMapper mapper;

    Reading(JsonMapper mapper) {
      this.mapper = mapper;
    }

    @Override
    public StreamReadConstraints streamReadConstraints() {
      return CONSTRAINTS;
    }

    @Override
    @SuppressWarnings({
      "unchecked",
      "TypeParameterUnusedInFormals"
    }) // the caller names the node that it expects
    public <T extends TreeNode> T readTree(JsonParser parser) {
      return (T) mapper.readTree(parser);
    }

    @Override
    public <T> T readValue(JsonParser parser, Class<T> type) {
      return mapper.readValue(parser, type);
    }

    @Override
    public <T> T readValue(JsonParser parser, TypeReference<T> type) {
      return mapper.readValue(parser, type);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // so Jackson has it
    public <T> T readValue(JsonParser parser, ResolvedType type) {
      return mapper.readValue(parser, type);
    }
  }
}
