package io.github.llm4j.tokenizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.tokenizers.bpe.BytePairs;
import io.github.llm4j.tokenizers.bpe.BytePairsFile;
import io.github.llm4j.tokenizers.file.TokenizerFiles;
import io.github.llm4j.tokenizers.pipeline.AddedToken;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.Pipeline;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens tokenizers that lie on the disk: {@code Tokenizers.open(path).encode("text")}.
 *
 * <p>Threading: any number of threads.
 */
public final class Tokenizers {
  /** Files that a folder may hold, the richest first. */
  private static final List<String> FILES =
      List.of("tokenizer.json", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model");

  private static final String VOCABULARY = "vocab.txt";
  private static final String END_OF_TEXT = "<|endoftext|>";

  private Tokenizers() {}

  /**
   * Opens a tokenizer of any kind that is known here.
   *
   * @param path a tokenizer.json; SentencePiece's {@code .model}; tiktoken's ranks, with the
   *     encoding in their name; a GGUF file; llama2.c's; or a folder with one of these, or with
   *     GPT-2's vocab.json and merges.txt, or with BERT's vocab.txt: the first of these in this
   *     order; or a vocab.txt itself, whose texts are lower-cased if a tokenizer_config.json beside
   *     it says so, or says nothing and none of the tokens has capital letters
   * @throws LlmException if it is missing, damaged, or has a component that isn't known
   */
  public static Tokenizer open(Path path) {
    if (!Files.isDirectory(path)) {
      return file(path);
    }
    for (String name : FILES) {
      if (Files.exists(path.resolve(name))) {
        return file(path.resolve(name));
      }
    }
    Path vocabulary = path.resolve("vocab.json");
    Path merges = path.resolve("merges.txt");
    if (Files.exists(vocabulary) && Files.exists(merges)) {
      return gpt2(vocabulary, merges);
    }
    Path tokens = path.resolve(VOCABULARY);
    if (Files.exists(tokens)) {
      return bert(tokens);
    }
    throw new LlmException(
        ErrorKind.USER,
        "%s: %s, or vocab.json and merges.txt, or vocab.txt expected, found none of them. Name the folder of a model, or a tokenizer's file."
            .formatted(path, String.join(", ", FILES)));
  }

  private static Tokenizer file(Path path) {
    if (path.endsWith(VOCABULARY)) {
      return bert(path);
    }
    try {
      Optional<ObjectNode> rewritten = TokenizerFiles.rewrite(path);
      if (rewritten.isPresent()) {
        return PipelineFile.read(JsonPart.of(path.toString(), rewritten.get()));
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    return read(path.toString(), text(path));
  }

  /**
   * Reads a tokenizer.json of any kind that is known here.
   *
   * @param name what messages call it
   * @param json its contents
   */
  public static Tokenizer read(String name, String json) {
    JsonPart root = JsonPart.of(name, json);
    if (CharactersProvider.isOne(root)) {
      return CharactersProvider.read(root);
    }
    return BytesProvider.isOne(root) ? BytesProvider.read(root) : PipelineFile.read(root);
  }

  /** What configs call the kind of a tokenizer that was opened here. */
  public static String type(Tokenizer tokenizer) {
    return switch (tokenizer) {
      case BytesTokenizer b -> BytesProvider.TYPE;
      case CharactersTokenizer c -> CharactersProvider.TYPE;
      case Pipeline p -> p.name();
      default ->
          throw new LlmException(
              ErrorKind.PLUGIN,
              "tokenizer: one of llm-tokenizers expected, found %s. Ask its own provider."
                  .formatted(tokenizer.getClass().getName()));
    };
  }

  /** A tokenizer that was opened here as tokenizer.json. */
  public static String json(Tokenizer tokenizer) {
    if (tokenizer instanceof Pipeline pipeline) {
      return pipeline.json();
    }
    return type(tokenizer).equals(BytesProvider.TYPE)
        ? new BytesProvider().save(tokenizer)
        : new CharactersProvider().save(tokenizer);
  }

  /** GPT-2's files of before tokenizer.json. */
  private static Tokenizer gpt2(Path vocabulary, Path merges) {
    JsonPart ids = JsonPart.of(vocabulary.toString(), text(vocabulary));
    BytePairs model = BytePairsFile.read(ids, merges.toString(), text(merges));
    List<AddedToken> added = new ArrayList<>();
    if (ids.get(END_OF_TEXT).isPresent()) {
      added.add(AddedToken.special(ids.get(END_OF_TEXT).id(), END_OF_TEXT));
    }
    return ByteLevelBpeProvider.pipeline(added, model);
  }

  private static Tokenizer bert(Path vocabulary) {
    Path config = vocabulary.resolveSibling("tokenizer_config.json");
    JsonPart lower =
        JsonPart.of(config.toString(), Files.exists(config) ? text(config) : "{}")
            .get("do_lower_case");
    return BertFile.read(
        vocabulary.toString(),
        text(vocabulary),
        lower.isPresent() ? Optional.of(lower.flag(true)) : Optional.empty());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: UTF-8 text expected, found bytes that are none. The file is damaged; copy it again."
              .formatted(file),
          e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static LlmException unreadable(Path file, IOException e) {
    return new LlmException(
        ErrorKind.USER,
        "%s: a tokenizer expected, found %s. Name a tokenizer's file or the folder of a model."
            .formatted(file, Files.exists(file) ? e : "no such file"),
        e);
  }
}
