package io.github.llm4j.tokenizers.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.tokenizers.decoder.SomeDecoders;
import io.github.llm4j.tokenizers.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every decoder over random ids, beside the library that the format is from. */
class DecodersPeerTest {
  @TempDir Path folder;

  @Test
  void sameTextForRandomIds() throws IOException {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int[] all = SomeDecoders.ids();
    for (String decoder : SomeDecoders.all()) {
      Pipeline ours = SomeDecoders.tokenizer(decoder);
      Path json = folder.resolve("tokenizer.json");
      Files.writeString(json, ours.json());
      try (HuggingFacePeer theirs = new HuggingFacePeer(json)) {
        for (int i = 0; i < 400; i++) {
          // one at least: some of their decoders stop the process where there is none
          int[] ids = random.ints(1 + random.nextInt(10), 0, all.length).map(j -> all[j]).toArray();
          String message = decoder + " " + Arrays.toString(ids);
          assertEquals(theirs.decode(ids), ours.decode(ids), message);
          assertEquals(theirs.decode(ids, true), ours.decode(ids, true), message);
        }
      }
    }
  }
}
