package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tokenizer made of parts: added tokens are found, what lies between them is normalized and cut
 * into words, the model turns words into ids. Decoding joins the bytes of ids; what is no UTF-8
 * becomes U+FFFD.
 *
 * <p>Threading: immutable but for caches, for any number of threads.
 */
public final class Pipeline implements Tokenizer {
  private final String name;
  private final AddedTokens added;
  private final Optional<Normalizer> normalizer;
  private final PreTokenizer preTokenizer;
  private final TokenModel model;
  private final ByteLevel decoder;
  private final Frame frame;
  private final int vocabSize;

  /**
   * Joins parts.
   *
   * @param name what messages call it: the type of its component
   * @param decoder says how others decode; written, not used, since the model knows its bytes
   */
  public Pipeline(
      String name,
      List<AddedToken> added,
      Optional<Normalizer> normalizer,
      PreTokenizer preTokenizer,
      TokenModel model,
      ByteLevel decoder,
      Frame frame) {
    this.name = name;
    this.added = new AddedTokens(added, normalizer);
    this.normalizer = normalizer;
    this.preTokenizer = preTokenizer;
    this.model = model;
    this.decoder = decoder;
    this.frame = frame;
    this.vocabSize = Math.max(model.vocabSize(), this.added.end());
  }

  /**
   * Reads the parts of a tokenizer.json around a model that was read.
   *
   * @throws LlmException if a part is damaged, or of a type that isn't known
   */
  public static Pipeline read(String name, JsonPart root, TokenModel model) {
    JsonPart normalizer = root.get("normalizer");
    return new Pipeline(
        name,
        AddedTokens.read(root.get("added_tokens")),
        normalizer.isPresent() ? Optional.of(Normalizer.read(normalizer)) : Optional.empty(),
        PreTokenizer.read(root.get("pre_tokenizer")),
        model,
        ByteLevel.of(root.get("decoder")),
        Frame.read(root));
  }

  /** The whole as a tokenizer.json. */
  public String json() {
    ObjectNode root = frame.json();
    added.write(root.withArray("added_tokens"));
    normalizer.ifPresent(n -> Frame.put(root, "normalizer", n::write));
    Frame.put(root, "pre_tokenizer", preTokenizer::write);
    Frame.put(root, "decoder", decoder::write);
    Frame.put(root, "model", json -> model.write(json, added.contents()));
    return Frame.text(root);
  }

  @Override
  public int[] encode(CharSequence text) {
    String whole = text.toString();
    Surrogates.check(name, whole);
    IdBuffer ids = new IdBuffer(whole.length() / 3);
    TokenModel.Words words = model.words();
    added.split(whole, piece -> encode(piece, words, ids), ids::add);
    return ids.toArray();
  }

  private void encode(String text, TokenModel.Words words, IdBuffer ids) {
    boolean space = preTokenizer.addsSpace() && text.charAt(0) != ' ';
    byte[] utf8 = (space ? " " + text : text).getBytes(StandardCharsets.UTF_8);
    int end = 0;
    for (int from = 0; from < utf8.length; from = end) {
      end = preTokenizer.wordEnd(utf8, from, utf8.length);
      words.encode(utf8, from, end, ids);
    }
  }

  @Override
  public String decode(int[] ids) {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream(ids.length * 4);
    for (int id : ids) {
      utf8.writeBytes(shared(id));
    }
    return utf8.toString(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] bytes(int id) {
    return shared(id).clone();
  }

  private byte[] shared(int id) {
    Ids.check(name, id, vocabSize);
    byte[] content = added.bytes(id);
    byte[] bytes = content.length > 0 ? content : model.bytes(id);
    if (bytes.length == 0) {
      throw new LlmException(
          ErrorKind.USER,
          ("tokenizer '%s': an id that has a token expected, found %d, which has none. The ids come"
                  + " from a model with another tokenizer, or with a padded vocabulary.")
              .formatted(name, id));
    }
    return bytes;
  }

  @Override
  public int vocabSize() {
    return vocabSize;
  }

  @Override
  public Map<String, Integer> specialTokens() {
    return added.special();
  }
}
