package io.github.llm4j.formats.sentencepiece;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.formats.SharedData;
import io.github.llm4j.formats.gguf.GgufFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Files that SentencePiece itself wrote. */
class RealModelsTest {
  private static SentencePieceModel read(String name) throws IOException {
    return SentencePieceModel.read(SharedData.path("data/tokenizers/" + name));
  }

  /** llama.cpp read the same model with SentencePiece and put pieces, scores and types down. */
  @Test
  void readsLlama2AsLlamaCppDid() throws IOException {
    SentencePieceModel model = read("llama2/tokenizer.model");
    assertEquals(ModelType.BPE, model.trainer().modelType());
    assertTrue(model.trainer().byteFallback());
    assertEquals("identity", model.normalizer().name());
    assertEquals(0, model.normalizer().charsmap().length);
    assertEquals(false, model.normalizer().removeExtraWhitespaces());
    try (GgufFile file =
        GgufFile.open(SharedData.path("data/tokenizers/llamacpp/ggml-vocab-llama-spm.gguf"))) {
      assertEquals(
          file.value("tokenizer.ggml.tokens").array().texts(),
          model.pieces().stream().map(Piece::text).toList());
      float[] scores = new float[model.pieces().size()];
      long[] types = new long[scores.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = model.pieces().get(i).score();
        types[i] = model.pieces().get(i).type().code();
      }
      assertArrayEquals(file.value("tokenizer.ggml.scores").array().floats(), scores);
      assertArrayEquals(file.value("tokenizer.ggml.token_type").array().longs(), types);
    }
  }

  @Test
  void readsT5AndOlderModels() throws IOException {
    for (String name : new String[] {"t5/spiece.model", "kitoken/nai-t5.model"}) {
      SentencePieceModel model = read(name);
      TrainerSpec trainer = model.trainer();
      assertEquals(32_100, model.pieces().size());
      assertEquals(ModelType.UNIGRAM, trainer.modelType());
      assertEquals(
          "2 -1 1 0",
          trainer.unkId() + " " + trainer.bosId() + " " + trainer.eosId() + " " + trainer.padId());
      assertEquals(new Piece("<unk>", 0, PieceType.UNKNOWN), model.pieces().get(2));
      assertEquals("\u2581the", model.pieces().get(8).text());
      assertEquals("nmt_nfkc", model.normalizer().name());
      assertEquals(237_539, model.normalizer().charsmap().length);
      assertEquals(PieceType.USER_DEFINED, model.pieces().get(32_099).type());
    }
    SentencePieceModel xlnet = read("kitoken/xlnet_base_cased.model");
    assertEquals(32_000, xlnet.pieces().size());
    assertEquals(TrainerSpec.DEFAULT.unkSurface(), xlnet.trainer().unkSurface());
    SentencePieceModel small = read("sentencepiece/test_model.model");
    assertEquals(1000, small.pieces().size());
    assertEquals("nfkc", small.normalizer().name());
  }

  @Test
  void writesThemSoThatTheyReadTheSame() throws IOException {
    for (String name :
        new String[] {
          "t5/spiece.model", "llama2/tokenizer.model", "kitoken/xlnet_base_cased.model"
        }) {
      SentencePieceModel model = read(name);
      SentencePieceModelTest.assertSame(model, SentencePieceModel.parse(name, model.toBytes()));
    }
  }
}
