package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.EncodingOptions;
import io.github.llm4j.api.tokenizer.InputEncoder;
import io.github.llm4j.api.tokenizer.PostProcessor;
import io.github.llm4j.api.tokenizer.StreamingDecoder;
import io.github.llm4j.api.tokenizer.TextInput;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.worker.Workers;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A tokenizer made of parts: added tokens are found, what lies between them is normalized and cut
 * into words, the model turns words into ids; a decoder makes texts of ids.
 *
 * <p>Threading: immutable but for caches, for any number of threads.
 */
public final class Pipeline implements Tokenizer {
  /** Characters beside a place at which a text may be parted that are looked at. */
  private static final int LOOKED_AT = 4;

  private final String name;
  private final AddedTokens added;
  private final Optional<Normalizer> normalizer;
  private final Optional<PreTokenizer> preTokenizer;
  private final TokenModel model;
  private final Optional<Decoder> decoder;
  private final Frame frame;
  private final Borders borders;
  private final Entries entries;
  private final Decoding decoding;
  private final PostProcessor processor;
  private final InputEncoder inputs;
  private final Sessions ids;
  private final Sessions ordinary;
  private final Sessions ranges;

  /**
   * Joins parts.
   *
   * @param name what messages call it: the type of its component
   * @param decoder makes texts of tokens; without one they are joined by spaces
   */
  public Pipeline(
      String name,
      List<AddedToken> added,
      Optional<Normalizer> normalizer,
      Optional<PreTokenizer> preTokenizer,
      TokenModel model,
      Optional<Decoder> decoder,
      Frame frame) {
    this.name = name;
    this.added = new AddedTokens(added, normalizer);
    AddedTokens others =
        new AddedTokens(added.stream().filter(token -> !token.special()).toList(), normalizer);
    this.ids = new Sessions(() -> session(false, this.added));
    this.ordinary = new Sessions(() -> session(false, others));
    this.ranges = new Sessions(() -> session(true, this.added));
    this.normalizer = normalizer;
    this.preTokenizer = preTokenizer;
    this.model = model;
    this.decoder = decoder;
    this.frame = frame;
    this.borders =
        new Borders(
            normalizer, preTokenizer.isPresent() ? preTokenizer.get()::alwaysParts : model::parts);
    this.entries = new Entries(name, this.added, model);
    TokenEdges edges = new TokenEdges(entries.size(), entries::find);
    this.processor =
        frame.framing().<PostProcessor>map(f -> new Framed(f, edges)).orElse(PostProcessor.NONE);
    this.inputs = new InputEncoder(this::unprocessed, processor);
    this.decoding = new Decoding(entries, decoder.orElse(new Spaces()));
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

  private Session session(boolean aligned, AddedTokens found) {
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
    return new Session(
        name,
        (text, from, to) -> lastBorder(found, text, from, to),
        found.longest() + LOOKED_AT,
        tokens,
        found.open(tokens, cut));
  }

  private int lastBorder(AddedTokens found, CharSequence text, int from, int to) {
    if (found.hidden()) {
      return -1;
    }
    for (int i = to; i > from + 1; i--) {
      if (borders.at(text, i) && !found.touches(text, i)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int[] encode(CharSequence text) {
    return ids.use(session -> session.encode(text).ids());
  }

  @Override
  public int[] encodeOrdinary(CharSequence text) {
    return ordinary.use(session -> session.encode(text).ids());
  }

  @Override
  public int[] encode(MemorySegment utf8) {
    return ids.use(session -> session.encode(utf8).ids());
  }

  @Override
  public int count(CharSequence text) {
    return ids.use(session -> session.count(text));
  }

  @Override
  public Encoding tokenize(CharSequence text) {
    return processor.process(TextInput.of(text), unprocessed(text), null, false);
  }

  private Encoding unprocessed(CharSequence text) {
    return ranges.use(session -> session.encode(text).encoding());
  }

  @Override
  public Encoding tokenize(TextInput input, EncodingOptions options) {
    return inputs.encode(input, options);
  }

  @Override
  public List<Encoding> tokenize(List<TextInput> texts, EncodingOptions options, Workers workers) {
    return inputs.encode(texts, options, workers);
  }

  @Override
  public EncodingOptions ownOptions() {
    return frame.options();
  }

  @Override
  public String decode(int[] ids) {
    return decode(ids, false);
  }

  @Override
  public String decode(int[] ids, boolean skipSpecial) {
    return decoding.decode(ids, skipSpecial);
  }

  @Override
  public StreamingDecoder streamingDecoder(boolean skipSpecial) {
    return decoding.stream(skipSpecial);
  }

  @Override
  public byte[] bytes(int id) {
    return decoding.bytes(id);
  }

  @Override
  public String token(int id) {
    return entries.text(id);
  }

  @Override
  public OptionalInt id(String token) {
    return entries.id(token);
  }

  /** True for byte-level models with nothing around them that changes a text. */
  @Override
  public boolean roundTrips() {
    return normalizer.isEmpty()
        && (preTokenizer.isPresent() && preTokenizer.get().keeps())
        && added.keeps()
        && decoding.keeps();
  }

  @Override
  public int vocabSize() {
    return entries.size();
  }

  @Override
  public Map<String, Integer> specialTokens() {
    return added.special();
  }
}
