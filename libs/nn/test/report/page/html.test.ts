import test from 'ava';
import { html, trustedMarkup } from '../../../src/report/page/html.ts';

test('text is escaped in content and attributes', t => {
  const text = `<script>alert("1" & '2')</script>`;
  t.is(
    html`<p title="${text}">${text}</p>`.markup,
    '<p title="&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;">' +
      '&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;</p>',
  );
});

test('markup is inserted unescaped, one piece or several', t => {
  const items = ['a', '<b>'].map(text => html`<li>${text}</li>`);
  t.is(html`<ul>${items}</ul>`.markup, '<ul><li>a</li><li>&lt;b&gt;</li></ul>');
  t.is(html`${trustedMarkup('<hr>')}`.markup, '<hr>');
});

test('numbers are written out, an empty list adds nothing', t => {
  t.is(html`${7}${[]}`.markup, '7');
});
