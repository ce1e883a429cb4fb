package io.github.llm4j.tokenizers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.api.tokenizer.StreamingDecoder;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.tokenizers.pipeline.Surrogates;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The decoder of llm-api over real tokenizers. */
class StreamingDecoderTest {
  private final Tokenizer bytes = new BytesTokenizer();

  @Test
  void exactlyOneChunkHasTheCharacter() {
    StreamingDecoder decoder = bytes.streamingDecoder();
    List<String> chunks = new ArrayList<>();
    for (int b : new int[] {'a', 0xF0, 0x9F, 0xA6, 0x99, 'b'}) {
      chunks.add(decoder.add(b));
    }
    assertEquals(List.of("a", "", "", "", "🦙", "b"), chunks);
    assertEquals("", decoder.end());
  }

  @Test
  void chunksOfRandomTextAreWholeAndJoinToIt() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    StreamingDecoder decoder = bytes.streamingDecoder();
    for (int i = 0; i < 100; i++) {
      String text = RandomText.of(random, random.nextInt(200));
      StringBuilder joined = new StringBuilder();
      for (int id : bytes.encode(text)) {
        String chunk = decoder.add(id);
        chunk.codePoints().forEach(c -> assertEquals(false, Surrogates.isSurrogate(c)));
        joined.append(chunk);
      }
      joined.append(decoder.end());
      assertEquals(text, joined.toString(), "seed " + seed);
    }
  }

  @Test
  void streamedEqualsWholeForAnyBytes() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      int[] ids = random.ints(random.nextInt(40), 0, 256).toArray();
      StreamingDecoder decoder = bytes.streamingDecoder();
      StringBuilder joined = new StringBuilder();
      for (int id : ids) {
        joined.append(decoder.add(id));
      }
      joined.append(decoder.end());
      assertEquals(bytes.decode(ids), joined.toString(), "seed " + seed);
    }
  }

  @Test
  void whatCantBeCompletedIsShownAtTheEnd() {
    StreamingDecoder decoder = bytes.streamingDecoder();
    assertEquals("", decoder.add(0xF0));
    assertEquals("", decoder.add(0x9F));
    assertEquals("\uFFFD", decoder.end());
    assertEquals("a", decoder.add('a'));
  }
}
