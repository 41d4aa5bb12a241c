package dev.argosy.server.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every function of the extensions and of Kubernetes' libraries. */
class LibraryTest {

  private static final CelEnvironment ENVIRONMENT = CelEnvironment.of(Map.of());

  private static Evaluation evaluate(String expression) {
    return ENVIRONMENT
        .compile(expression)
        .orThrow()
        .evaluate(Bindings.of(Map.of()), CelBudget.ofCall());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // strings
        "'tacocat'.charAt(3) == 'o' && 'abc'.charAt(3) == ''",
        "'hello mellow'.indexOf('ello') == 1 && 'hello mellow'.indexOf('ello', 2) == 7",
        "'hello'.indexOf('') == 0 && 'hello'.indexOf('x') == -1",
        "'hello mellow'.lastIndexOf('ello') == 7 && 'hello mellow'.lastIndexOf('ello', 6) == 1",
        "'TacoCat'.lowerAscii() == 'tacocat' && 'TacoÆt'.upperAscii() == 'TACOÆT'",
        "'hello hello'.replace('he', 'we') == 'wello wello'",
        "'hello hello'.replace('he', 'we', 1) == 'wello hello'",
        "'hello hello'.replace('he', 'we', 0) == 'hello hello'",
        "'ab'.replace('', '_') == '_a_b_' && 'ab'.replace('', '_', 1) == '_ab'",
        "'a,b,c'.split(',') == ['a', 'b', 'c'] && 'a,b,c'.split(',', 2) == ['a', 'b,c']",
        "'abc'.split('') == ['a', 'b', 'c'] && 'abc'.split('', 2) == ['a', 'bc']",
        "'a'.split(',', 0) == [] && ''.split(',') == ['']",
        "'tacocat'.substring(4) == 'cat' && 'tacocat'.substring(0, 4) == 'taco'",
        "'  trim\\n '.trim() == 'trim'",
        "['hello', 'mellow'].join() == 'hellomellow' && ['a', 'b'].join(' ') == 'a b'",
        "[].join() == ''",
        "strings.quote('a\"b\\n') == '\"a\\\\\"b\\\\n\"'",
        "'%s is %d, %.2f%%'.format([dyn('x'), 3, 1.5]) == 'x is 3, 1.50%'",
        "'%s %s %s'.format([dyn([1, 2]), {'a': true}, null]) == '[1, 2] {a: true} null'",
        "'%x %X %o %b %e'.format([dyn(255), 'ab', 8, 5, 1234.5678]) == 'ff 6162 10 101 1.234568e+03'",
        // lists
        "[1, 2, 2].isSorted() && !['b', 'a'].isSorted() && [2.0].isSorted()",
        "[1, 3].sum() == 4 && [].sum() == 0 && [1.5, 0.5].sum() == 2.0",
        "[duration('1h'), duration('1m')].sum() == duration('61m')",
        "[1, 3].min() == 1 && [1, 3].max() == 3 && ['a', 'b'].max() == 'b'",
        "[1, 2, 2, 3].indexOf(2) == 1 && [1, 2, 2, 3].lastIndexOf(2) == 2",
        "['a'].indexOf('b') == -1",
        // regex
        "'abc 123'.find('[0-9]+') == '123' && 'abc'.find('[0-9]+') == ''",
        "'123 abc 456'.findAll('[0-9]+') == ['123', '456']",
        "'123 abc 456'.findAll('[0-9]+', 1) == ['123'] && 'a'.findAll('b') == []",
        // url
        "url('https://example.com:80/path?query=val#fragment').getHost() == 'example.com:80'",
        "url('https://user:pass@[::1]:80/p%20a').getHostname() == '::1'",
        "url('https://[::1]:80/').getPort() == '80' && url('/path').getPort() == ''",
        "url('https://example.com/p%20a').getEscapedPath() == '/p%20a'",
        "url('https://example.com/path').getScheme() == 'https' && url('/path').getScheme() == ''",
        "url('https://e.com/?k1=a&k2=b&k2=c').getQuery() == {'k1': ['a'], 'k2': ['b', 'c']}",
        "isURL('https://example.com') && isURL('/path') && !isURL('../relative') && !isURL('a')",
        "url('/a') == url('/a') && url('/a') != url('/b')",
        // quantity
        "quantity('500000G').isGreaterThan(quantity('50M')) && quantity('50M').isLessThan(quantity('50G'))",
        "quantity('200M').compareTo(quantity('0.2G')) == 0 && quantity('50M').compareTo(quantity('50Mi')) == -1",
        "isQuantity('1.3Gi') && !isQuantity('1.3GiB') && !isQuantity('three')",
        "quantity('50k').isInteger() && quantity('50k').asInteger() == 50000",
        "!quantity('50.5').isInteger() && quantity('50.5').asApproximateFloat() == 50.5",
        "quantity('50k').add(quantity('20')) == quantity('50020') && quantity('50k').add(20) == quantity('50020')",
        "quantity('50k').sub(quantity('20k')).sign() == 1 && quantity('1').sub(2).sign() == -1",
        // ip, cidr
        "ip('127.0.0.1').family() == 4 && ip('::1').family() == 6",
        "isIP('192.168.0.1') && isIP('::1') && !isIP('192.168.0.256') && !isIP('::ffff:1.2.3.4')",
        "!isIP('01.2.3.4') && !isIP('1.2.3') && !isIP('fe80::1%eth0') && !isIP('')",
        "ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD')",
        "string(ip('2001:0DB8:0:0:0:0:0:1')) == '2001:db8::1' && string(ip('::')) == '::'",
        "string(ip('1:0:0:2:0:0:0:3')) == '1:0:0:2::3'",
        "ip('0.0.0.0').isUnspecified() && ip('127.0.0.2').isLoopback()",
        "ip('224.0.0.1').isLinkLocalMulticast() && ip('ff02::1').isLinkLocalMulticast()",
        "ip('169.254.169.254').isLinkLocalUnicast() && ip('fe80::1').isLinkLocalUnicast()",
        "ip('192.168.0.1').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast()",
        "ip('10.0.0.1') == ip('10.0.0.1') && type(ip('::1')) == net.IP",
        "isCIDR('192.168.0.0/24') && !isCIDR('192.168.0.0/33') && !isCIDR('10.0.0.0')",
        "cidr('192.168.0.0/24').containsIP(ip('192.168.0.1')) && cidr('192.168.0.0/24').containsIP('192.168.0.1')",
        "!cidr('192.168.0.0/24').containsIP('192.168.1.1') && !cidr('10.0.0.0/8').containsIP('::1')",
        "cidr('192.168.0.0/16').containsCIDR(cidr('192.168.10.0/24')) && !cidr('192.168.1.0/24').containsCIDR('192.168.0.0/16')",
        "cidr('192.168.1.7/24').masked() == cidr('192.168.1.0/24') && cidr('::1/128').prefixLength() == 128",
        "cidr('192.168.1.7/24').ip() == ip('192.168.1.7') && string(cidr('10.0.0.0/8')) == '10.0.0.0/8'",
        // format
        "!format.dns1123Label().validate('my-label-name').hasValue()",
        "format.dns1123Label().validate('Not A Label').hasValue()",
        "format.dns1123Label().validate('').hasValue() && format.dns1035Label().validate('').hasValue()",
        "!format.dns1123Subdomain().validate('a.b').hasValue()",
        "!format.dns1035Label().validate('abc').hasValue() && format.dns1035Label().validate('1bc').hasValue()",
        "!format.dns1123LabelPrefix().validate('abc-').hasValue()",
        "!format.qualifiedName().validate('a.b/c').hasValue() && format.qualifiedName().validate('a/b/c').hasValue()",
        "!format.labelValue().validate('').hasValue() && format.labelValue().validate('a b').hasValue()",
        "!format.uri().validate('https://a.b/c').hasValue() && format.uri().validate('a b').hasValue()",
        "!format.uuid().validate('123e4567-e89b-12d3-a456-426614174000').hasValue()",
        "!format.byte().validate('aGVsbG8=').hasValue() && format.byte().validate('a').hasValue()",
        "!format.date().validate('2021-01-01').hasValue() && format.date().validate('2021-13-01').hasValue()",
        "!format.datetime().validate('2021-01-01T00:00:00Z').hasValue()",
        "format.named('dns1123Label').value() == format.dns1123Label() && !format.named('x').hasValue()",
        // semver
        "semver('1.2.3').major() == 1 && semver('1.2.3').minor() == 2 && semver('1.2.3').patch() == 3",
        "semver('1.2.3').isLessThan(semver('1.10.0')) && semver('2.0.0').isGreaterThan(semver('1.9.9'))",
        "semver('1.0.0-alpha').compareTo(semver('1.0.0')) == -1 && semver('1.0.0-2').isLessThan(semver('1.0.0-10'))",
        "isSemver('1.0.0') && !isSemver('1.0') && !isSemver('v1.0.0') && !isSemver('01.0.0')",
        "semver('v1.0', true) == semver('1.0.0') && isSemver('v1', true) && !isSemver('one', true)",
        // sets, base64, math
        "sets.contains([1, 2, 3], [2, 1]) && !sets.contains([1], [2]) && sets.contains([], [])",
        "sets.equivalent([1, 1], [1]) && sets.intersects([1, 2], [2, 3]) && !sets.intersects([], [1])",
        "base64.encode(b'hello') == 'aGVsbG8=' && base64.decode('aGVsbG8') == b'hello'",
        "math.greatest(1, 2, 3) == 3 && math.least([4, 2]) == 2 && math.greatest(1, 2.5) == 2.5",
        "math.ceil(1.2) == 2.0 && math.floor(-1.2) == -2.0 && math.round(-1.5) == -2.0 && math.trunc(-1.9) == -1.0",
        "math.abs(-1) == 1 && math.sign(-5) == -1 && math.isNaN(0.0 / 0.0) && math.isInf(1.0 / 0.0)",
        "math.bitAnd(6, 3) == 2 && math.bitOr(6, 3) == 7 && math.bitShiftLeft(1, 3) == 8 && math.bitNot(0) == -1",
        // two variables
        "{'a': 1, 'b': 2}.all(k, v, v > 0 && k.size() == 1) && [5, 6].exists(i, v, i == 1 && v == 6)",
        "[1, 2].existsOne(i, v, v == i + 1 && i == 0)",
        "[1, 2].transformList(i, v, i + v) == [1, 3] && [1, 2].transformList(i, v, i > 0, v) == [2]",
        "{'a': 1}.transformMap(k, v, v + 1) == {'a': 2} && [3].transformMapEntry(i, v, {v: i}) == {3: 0}",
        // the rest
        "jsonpatch.escapeKey('a/b~c') == 'a~1b~0c'",
        "[1, 2, 3].map(x, [x, x]).size() == 3 && [[1], [2]].map(x, x.map(y, y + 1)) == [[2], [3]]",
      })
  void isTrue(String expression) {
    assertThat(evaluate(expression)).isEqualTo(new Evaluation.Value(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quantity('x') == quantity('1') | quantities must match the regular expression",
        "[].min() == 1 | min called on empty list",
        "'abc'.substring(4) == '' | index out of range: 4",
        "'abc'.substring(2, 1) == '' | invalid substring range. start: 2, end: 1",
        "'%d'.format(['a']) == '' | error during formatting: decimal clause can only be used on integers",
        "'%s'.format([]) == '' | index 0 out of range",
        "url('x') == url('y') | URL parse error during conversion from string",
        "ip('x').family() == 4 | IP Address \"x\" parse error during conversion",
        "semver('x').major() == 1 | Invalid semver",
        "math.bitShiftLeft(1, -1) == 1 | negative offset",
        "{1: 1}.transformMapEntry(k, v, {'a': 1}).size() == {1: 1, 2: 2}.transformMapEntry(k, v, {'a': 1}).size() | already exists",
      })
  void fails(String expression, String message) {
    assertThat(evaluate(expression))
        .isInstanceOfSatisfying(
            Evaluation.Failed.class, failed -> assertThat(failed.message()).contains(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a'.matches('(') | invalid matches argument",
        "timestamp('x') == timestamp('y') | invalid timestamp argument",
        "duration('x') == duration('y') | invalid duration argument",
      })
  void refusesLiteralsThatAreNeverRight(String expression, String message) {
    assertThat(ENVIRONMENT.compile(expression))
        .isInstanceOfSatisfying(
            Compilation.Rejected.class,
            rejected ->
                assertThat(rejected.message()).startsWith("ERROR: <input>:1:").contains(message));
  }
}
