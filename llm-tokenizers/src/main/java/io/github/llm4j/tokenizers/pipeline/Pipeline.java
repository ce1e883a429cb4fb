package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
  private final Optional<PreTokenizer> preTokenizer;
  private final TokenModel model;
  private final Optional<? extends Component> decoder;
  private final Frame frame;
  private final Borders borders;
  private final int vocabSize;
  private final Sessions ids = new Sessions(() -> session(false));
  private final Sessions ranges = new Sessions(() -> session(true));

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
      Optional<PreTokenizer> preTokenizer,
      TokenModel model,
      Optional<? extends Component> decoder,
      Frame frame) {
    this.name = name;
    this.added = new AddedTokens(added, normalizer);
    this.normalizer = normalizer;
    this.preTokenizer = preTokenizer;
    this.model = model;
    this.decoder = decoder;
    this.frame = frame;
    this.borders =
        new Borders(
            normalizer, preTokenizer.isPresent() ? preTokenizer.get()::alwaysParts : model::parts);
    this.vocabSize = Math.max(model.vocabSize(), this.added.end());
  }

  /** What messages call it: the type of its component. */
  public String name() {
    return name;
  }

  /** The whole as a tokenizer.json. */
  public String json() {
    ObjectNode root = frame.json();
    added.write(root.withArray("added_tokens"));
    normalizer.ifPresent(n -> Frame.put(root, "normalizer", n::write));
    preTokenizer.ifPresent(p -> Frame.put(root, "pre_tokenizer", p::write));
    decoder.ifPresent(d -> Frame.put(root, "decoder", d::write));
    Frame.put(root, "model", json -> model.write(json, added.contents()));
    return Frame.text(root);
  }

  private Session session(boolean aligned) {
    Tokens tokens = new Tokens(aligned);
    TokenModel.Words words = model.words();
    boolean uncut = preTokenizer.isEmpty();
    Stage last =
        (text, from, to) -> {
          if (uncut && text.isContinued(from)) {
            tokens.goOn(text);
          } else {
            tokens.word(text);
          }
          words.encode(text.bytes(), from, to, tokens);
        };
    Stage cut = preTokenizer.isPresent() ? preTokenizer.get().open(aligned, last) : last;
    return new Session(name, this::lastBorder, tokens, added.open(tokens, cut));
  }

  private int lastBorder(CharSequence text, int from, int to) {
    if (added.hidden()) {
      return -1;
    }
    for (int i = to; i > from + 1; i--) {
      if (borders.at(text, i) && !added.touches(text, i)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int[] encode(CharSequence text) {
    return ids.encode(text, Tokens::ids);
  }

  @Override
  public Encoding tokenize(CharSequence text) {
    return ranges.encode(text, Tokens::encoding);
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
    @Nullable AddedToken token = added.get(id);
    byte[] bytes =
        token == null ? model.bytes(id) : token.content().getBytes(StandardCharsets.UTF_8);
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
