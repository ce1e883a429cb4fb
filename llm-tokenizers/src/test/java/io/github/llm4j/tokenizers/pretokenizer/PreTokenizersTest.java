package io.github.llm4j.tokenizers.pretokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.JsonPart;
import io.github.llm4j.tokenizers.pipeline.PreTokenizer;
import io.github.llm4j.tokenizers.pipeline.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Components as they are read, written, and put one behind the other. */
class PreTokenizersTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static PreTokenizer read(String json) {
    String root = "{'pre_tokenizer':" + json + "}";
    JsonPart part = JsonPart.of("t.json", root.replace('\'', '"')).get("pre_tokenizer");
    return PreTokenizers.read(part).orElseThrow();
  }

  private static List<String> words(PreTokenizer preTokenizer, String text) {
    List<String> words = new ArrayList<>();
    Text whole = Text.of("test", text);
    preTokenizer
        .open(
            false,
            (t, from, to) ->
                words.add(new String(t.bytes(), from, to - from, StandardCharsets.UTF_8)))
        .take(whole, 0, whole.length());
    return words;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'BertPreTokenizer'}",
        "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':false}",
        "{'type':'CharDelimiterSplit','delimiter':'😀'}",
        "{'type':'Digits','individual_digits':true}",
        "{'type':'FixedLength','length':7}",
        "{'type':'Metaspace','replacement':'▁','prepend_scheme':'first','split':false}",
        "{'type':'Metaspace','replacement':'_','str_rep':'_','add_prefix_space':true}",
        "{'type':'Metaspace','replacement':'▁','add_prefix_space':false}",
        "{'type':'Punctuation','behavior':'MergedWithNext'}",
        "{'type':'Sequence','pretokenizers':[{'type':'WhitespaceSplit'},{'type':'Sequence',"
            + "'pretokenizers':[{'type':'Whitespace'}]}]}",
        "{'type':'Split','pattern':{'String':' '},'behavior':'MergedWithPrevious','invert':false}",
        "{'type':'Split','pattern':{'Regex':'\\\\p{N}'},'behavior':'Removed','invert':true}",
        "{'type':'UnicodeScripts'}"
      })
  void writtenAsItWasRead(String json) throws JsonProcessingException {
    ObjectNode written = MAPPER.createObjectNode();
    read(json).write(written);
    assertEquals(MAPPER.readTree(json.replace('\'', '"')), written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "always|true|▁a,▁,▁b,▁c",
        "never|true|a,▁,▁b,▁c",
        "always|false|▁a▁▁b▁c",
        "first|false|▁a▁▁b▁c"
      })
  void metaspaceTakesThePlaceOfSpaces(String scheme, boolean split, String expected) {
    PreTokenizer metaspace =
        read(
            "{'type':'Metaspace','replacement':'▁','prepend_scheme':'%s','split':%s}"
                .formatted(scheme, split));
    assertEquals(List.of(expected.split(",")), words(metaspace, "a  b▁c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'WordSplit'}|pre_tokenizer.type: one of BertPreTokenizer, ByteLevel",
        "{'type':'Split','pattern':{'String':' '},'behavior':'removed'}|one of Removed, Isolated",
        "{'type':'Split','pattern':' ','behavior':'Removed'}|pre_tokenizer.pattern",
        "{'type':'CharDelimiterSplit','delimiter':''}|delimiter: one character expected",
        "{'type':'Metaspace','replacement':'ab'}|replacement: one character expected",
        "{'type':'Metaspace','replacement':'_','add_prefix_space':false,"
            + "'prepend_scheme':'first'}|never, since add_prefix_space is false",
        "{'type':'FixedLength','length':0}|a whole number from 1 on",
        "{'type':'Sequence'}|pretokenizers: a list expected",
        "{'type':'Sequence','pretokenizers':[{'type':'ByteLevel'},{'type':'Metaspace',"
            + "'replacement':'▁'}]}|behind ByteLevel only what cuts words"
      })
  void whatIsWrongIsSaid(String json, String expected) {
    LlmException e = assertThrows(LlmException.class, () -> read(json));
    assertEquals(ErrorKind.USER, e.kind());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @Test
  void aSequencePartsWhereItsMembersLetIt() {
    String digits = "{'type':'Digits','individual_digits':true}";
    String bytes = "{'type':'ByteLevel','add_prefix_space':%s,'use_regex':true}";
    String sequence = "{'type':'Sequence','pretokenizers':[%s,%s]}";
    PreTokenizer starCoder = read(sequence.formatted(digits, bytes.formatted(false)));
    assertTrue(starCoder.alwaysParts('1', '2')); // the first member parts
    assertTrue(starCoder.alwaysParts('a', ' ')); // the second
    assertFalse(starCoder.alwaysParts('a', 'b'));
    // Behind a number a space would be put before the a, inside a word of letters not.
    PreTokenizer prefixed = read(sequence.formatted(digits, bytes.formatted(true)));
    assertFalse(prefixed.alwaysParts('1', 'a'));
    assertTrue(prefixed.alwaysParts('1', ' '));
    PreTokenizer three = read(sequence.formatted("{'type':'FixedLength','length':3}", digits));
    assertFalse(three.alwaysParts('1', ' ')); // where its words end nobody knows
  }

  @Test
  void anExpressionThatBacktracksEnds() {
    PreTokenizer split =
        read(
            "{'type':'Split','pattern':{'Regex':'(a*)*\\\\1*$'},'behavior':'Isolated','invert':false}");
    LlmException e = assertThrows(LlmException.class, () -> words(split, "a".repeat(5_000) + "!"));
    assertTrue(e.getMessage().contains("(a*)*"), e.getMessage());
  }

  @Test
  void patternsGoByTheNamesOfTheirEncodings() {
    assertEquals(Optional.of(WordPattern.O200K), WordPattern.ofEncoding("o200k_base"));
    assertEquals(Optional.empty(), WordPattern.ofEncoding("base"));
    PreTokenizer o200k = WordPattern.O200K.preTokenizer();
    assertEquals(
        List.of("HTTPServer's", " ", " camel", "Case"), words(o200k, "HTTPServer's  camelCase"));
    assertEquals(List.of("1234", " x"), words(WordPattern.byteLevel("[0-9]+| ?x"), "1234 x"));
  }
}
