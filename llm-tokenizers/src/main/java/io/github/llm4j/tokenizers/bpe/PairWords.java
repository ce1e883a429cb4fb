package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.tokenizers.pipeline.IdBuffer;
import io.github.llm4j.tokenizers.pipeline.TokenModel;
import io.github.llm4j.tokenizers.pipeline.Tokens;
import io.github.llm4j.tokenizers.vocabulary.Vocabulary;
import io.github.llm4j.tokenizers.vocabulary.WordCache;
import io.github.llm4j.tokenizers.vocabulary.WordHash;

/** Turns words into ids by merging pairs. Threading: one thread; the cache is shared. */
final class PairWords implements TokenModel.Words {
  private final Vocabulary tokens;
  private final boolean ignoreMerges;
  private final Symbols symbols;
  private final Cuts cuts;
  private final WordCache cache;
  private final LongWords merger;
  private final IdBuffer ids = new IdBuffer(0);
  private final IdBuffer ends = new IdBuffer(0);

  PairWords(
      Vocabulary tokens,
      PairRules rules,
      Symbols symbols,
      PairTable merges,
      Cuts cuts,
      WordCache cache) {
    this.tokens = tokens;
    this.ignoreMerges = rules.ignoreMerges();
    this.symbols = symbols;
    this.cuts = cuts;
    this.cache = cache;
    this.merger = new LongWords(symbols, merges, cuts.local());
  }

  @Override
  public void encode(byte[] utf8, int from, int to, Tokens out) {
    if (ignoreMerges && to - from <= tokens.longest()) {
      int id = tokens.id(utf8, from, to);
      if (id >= 0) {
        out.add(id, from, to);
        return;
      }
    }
    int end = 0;
    for (int at = from; at < to; at = end) {
      end = cuts.wordEnd(utf8, at, to);
      encodeWord(utf8, at, end, out);
    }
  }

  private void encodeWord(byte[] utf8, int from, int to, Tokens out) {
    if (to - from == 1) {
      int id = symbols.single(utf8[from]);
      if (id >= 0) {
        out.add(id, from, to);
        return;
      }
    }
    if (to - from <= WordCache.LONGEST) {
      encodeCached(utf8, from, to, out);
      return;
    }
    int end = 0;
    for (int at = from; at < to; at = end) {
      end = cuts.partEnd(utf8, at, to);
      if (end - at <= WordCache.LONGEST) {
        encodeCached(utf8, at, end, out);
      } else {
        encodeLong(utf8, at, end, out);
      }
    }
  }

  private void encodeCached(byte[] utf8, int from, int to, Tokens out) {
    int hash = WordHash.of(utf8, from, to);
    WordCache.Entry known = cache.find(hash, utf8, from, to);
    if (known == null) {
      merger.merge(utf8, from, to, ids, ends);
      known = cache.put(hash, utf8, from, to, ids, ends);
    }
    known.addTo(out, from);
  }

  private void encodeLong(byte[] utf8, int from, int to, Tokens out) {
    merger.merge(utf8, from, to, ids, ends);
    int at = from;
    for (int i = 0; i < ids.size(); i++) {
      int end = from + ends.get(i);
      out.add(ids.get(i), at, end);
      at = end;
    }
  }
}
