package io.github.llm4j.tokenizers.unigram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.formats.sentencepiece.SentencePieceModel;
import io.github.llm4j.tokenizers.SharedData;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids that SentencePiece gave to lines that its normalizer leaves alone, but for blanks. */
class KnownUnigramIdsTest {

  @ParameterizedTest
  @ValueSource(strings = {"nai-t5", "xlnet_base_cased"})
  void linesHaveTheIdsOfTheOriginal(String name) throws IOException {
    String folder = "data/tokenizers/kitoken/";
    SentencePieceModel file = SentencePieceModel.read(SharedData.path(folder + name + ".model"));
    UnigramModel model = UnigramModel.ofFloats(file.pieces(), file.trainer().byteFallback());
    List<String> texts = SharedData.text(folder + "small_input.txt").lines().toList();
    List<String> ids = SharedData.text(folder + "small_tokens_" + name + ".txt").lines().toList();
    int compared = 0;
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i).replace("\\n", "\n").replace("\\s", " ").strip();
      if (text.isEmpty() || !text.matches("[ -~]*")) {
        continue;
      }
      int[] expected = Stream.of(ids.get(i).split(", ")).mapToInt(Integer::parseInt).toArray();
      String pieces = "\u2581" + text.replaceAll(" +", "\u2581");
      assertArrayEquals(expected, Collected.ids(model, pieces), text);
      compared++;
    }
    assertTrue(compared >= 4, compared + " lines");
  }
}
