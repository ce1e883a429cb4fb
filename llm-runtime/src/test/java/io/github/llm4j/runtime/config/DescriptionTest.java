package io.github.llm4j.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llm4j.api.error.LlmException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DescriptionTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/describe");

  private final Description description = new Description(TestComponents.registry());

  @Test
  void describesComponents() throws Exception {
    Golden.check(
        GOLDEN.resolve("component.txt"),
        description.component("layer", "attention")
            + "\n"
            + description.component("optimizer", "adamw")
            + "\n"
            + description.component("assembly", "decoder"));
  }

  @Test
  void listsKindsAndTypes() throws Exception {
    Golden.check(GOLDEN.resolve("kinds.txt"), description.all() + "\n" + description.kind("layer"));
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    LlmException kind = assertThrows(LlmException.class, () -> description.kind("layers"));
    LlmException type =
        assertThrows(LlmException.class, () -> description.component("layer", "atention"));
    Golden.check(GOLDEN.resolve("unknown.txt"), kind.getMessage() + "\n" + type.getMessage());
  }

  @Test
  void writesASchemaThatKnowsEveryKey() throws Exception {
    String text = JsonSchema.of(TestComponents.Run.class, TestComponents.registry());
    JsonNode schema = new ObjectMapper().readTree(text);
    assertEquals("integer", schema.at("/properties/trainer/properties/steps/type").asText());
    assertEquals("name", schema.at("/required/0").asText());
    assertEquals(1, schema.at("/required").size());
    assertEquals("cpu-scalar", schema.at("/properties/device/enum/1").asText());
    assertEquals(
        "#/$defs/optimizer.adamw",
        schema.at("/properties/trainer/properties/optimizer/anyOf/1/$ref").asText());
    JsonNode attention = schema.at("/$defs/layer.attention");
    assertEquals("attention", attention.at("/properties/type/const").asText());
    assertTrue(attention.get("properties").has("kv-heads"));
    assertEquals(false, attention.get("additionalProperties").asBoolean(true));
  }
}
