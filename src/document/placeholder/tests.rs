use proptest::prelude::*;

use super::*;

/// Draws the placeholders of a text in `‹ ›`, each followed by its meaning; `?name` and `!` are its faults.
fn drawn(text: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for placeholder in find(text) {
        out.push_str(&text[done..placeholder.range.start]);
        let fault = match &placeholder.fault {
            None => String::new(),
            Some(PlaceholderOddity::Unknown { nearest }) => format!("?{nearest}"),
            Some(PlaceholderOddity::Unbalanced) => "!".to_owned(),
        };
        out.push_str(&format!("‹{}›{}{fault}", &text[placeholder.range.clone()], placeholder.meaning));
        done = placeholder.range.end;
    }
    out.push_str(&text[done..]);
    out
}

fn assert_drawn(pictures: &[&str]) {
    for picture in pictures {
        let mut text = String::new();
        for (index, part) in picture.split(['‹', '›']).enumerate() {
            let is_after_placeholder = index % 2 == 0 && index > 0;
            let meaning =
                part.len() - part.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '-').len();
            text.push_str(if is_after_placeholder { part[meaning..].trim_start_matches('!') } else { part });
        }
        assert_eq!(drawn(&text), *picture, "{text}");
    }
}

#[test]
fn every_dialect_is_read() {
    assert_drawn(&[
        "Order ‹[[order-id]]›order-id, ‹[[buyer-name]]›buyer-name",
        "‹[[order-link:see your order here]]›order-link",
        "‹[[ContactUs]]›contact-link",
        "‹[[ order-id ]]›order-id",
        "‹[[store-link-alt]]›store-link ‹[[unsubscribe-link]]›unsubscribe-link",
        "‹#order_id#›order-id for ‹#consumer_firstname#›buyer-name",
        "Hi ‹#name#›buyer-name,",
        "‹{amazon_order_id}›order-id ‹{x}›other ‹{0}›other ‹{order.item_name}›product",
        "‹{Order Number}›order-id",
        "‹%%buyer_first_name%%›buyer-name",
        "‹{{order.id}}›order-id ‹{{ buyer_name }}›buyer-name ‹{{{ tracking_url }}}›tracking-link",
        "‹{{ ticket.requester.first_name | capitalize }}›buyer-name",
        "‹{{#if late}}›control late ‹{{else}}›control on time ‹{{/if}}›control",
        "‹{% if order.late %}›control ‹{%- endif -%}›control ‹{# a remark #}›control",
        "‹{{ end_date }}›date ‹{{ Customer full name }}›buyer-name ‹{{ first and last name of buyer }}›buyer-name",
        "‹{{ formatDate order.date \"DD MMM\" }}›date ‹{{ a + b - c * d }}›other ‹{{ x | default: \"you see\" }}›other",
        "‹{{ order.id if order else your_id }}›order-id ‹{{ Insert your answer here. }}›other ‹{{ late ? \"a\" : \"b c\" }}›other",
        "‹{{ \"now\" | date: \"%A, %B %d\" }}›other ‹{{ your name }}›seller-name ‹{{ t('mail.thanks you get') }}›buyer-email",
        "‹{$Bestellung->cBestellNr}›order-id ‹{$Kunde->cNachname}›buyer-name",
        "‹{if $Kunde->cAnrede == \"w\"}›control Frau ‹{else}›control Herr ‹{/if}›control",
        "Dear ‹[Customer Name]›buyer-name, your order ‹[#Order ID]›order-id",
        "‹[Direct answer to their question]›other",
        "‹[Bestellnummer]›order-id und ‹[Numéro de commande]›order-id und ‹[注文番号]›order-id",
        "It takes ‹[X]›other days, or ‹[X-Y]›other, until ‹[___]›other",
        "we offer ‹[unique benefit]›other for ‹[size/color/item]›other",
        "‹[razón]›other ‹[nueva fecha]›date ‹[disponibilidad]›other",
        "‹[Insert your answer here.]›other",
        "‹[Current status, e.g. \"processing\"]›other ‹[Benefit: the one that counts]›other",
        "‹[First Name]›buyer-name‹[Last Name]›buyer-name",
        "Hello ‹<BUYER_FIRST_NAME>›buyer-name, ‹<ORDER_ID>›order-id ‹<Customer Name>›buyer-name ‹<name>›buyer-name",
        "‹<#if late>›control sorry ‹</#if>›control",
        "‹<#if order.late == true>›control sorry ‹<#else>›control ‹<@greeting name=1/>›control ‹</@greeting>›control",
        "‹<% if (a < b) { %>›control ‹<% if late %>›control ‹<%= order.id %>›order-id ‹<%- buyer_name -%>›control",
        "‹<?php if ($a->b > 1): ?>›control ‹<?= $order->id ?>›order-id ‹<?php echo $buyer_name; ?>›buyer-name",
        "‹{!! $order->id !!}›order-id ‹@if ($late > 1)›control late ‹@else›control ‹@endif›control",
        "‹@foreach($items as $x)›control ‹@endforeach›control",
        "‹*|FNAME|*›buyer-name ‹*|IF:LATE|*›control ‹*|END:IF|*›control",
        "‹${order.orderId}›order-id ‹${DateUtils.addDays(order.latestEdd(),10)?date}›date ‹${f({a: {b}})}›other",
        "Hi ‹%first_name%›buyer-name, ‹%ORDERID%›order-id",
        "‹{!Contact.Name}›buyer-name ‹{!$Order.Number}›order-id",
        "‹@@order_id@@›order-id ‹@@x@@›other",
        "‹__ORDER_ID__›order-id ‹__X__›other ‹__customer__›buyer-name",
        "‹<<Customer Name>>›buyer-name ‹<<x>>›other",
        "‹«First_Name»›buyer-name ‹«OrderID»›order-id",
        "Within ‹XXX›other days, order ‹XXX-XXXXXXX-XXXXXXX›order-id, on ‹XX/XX/XXXX›other.",
        "Name: ‹____›other and ‹________›other.",
        "https://example.com/?o=‹{order_id}›order-id&t=‹[[tracking-number]]›tracking-number",
        "‹[[carrier]]›carrier‹[[quantity]]›quantity‹[[asin]]›sku",
    ]);
}

#[test]
fn traps_stay_text() {
    assert_drawn(&[
        "[Important] your order",
        "About your order [IMPORTANT]",
        "x [Wichtig] [Importante] [重要] [important] x",
        "x [[Important]] {Important} <Important> «Important» x",
        "see [our page](https://www.amazon.com/) and ![Order](x.png)",
        "as said [1] and [23], [text][ref] and [^note]",
        "[Order number]: https://www.amazon.com/",
        "- [x] paid\n- [ ] sent\n* [X] done\n  1. [X] too\n[X] this",
        "yes [x] no [ ]",
        "they [sic] wrote [...] and […] and []",
        "[Ticket] Your order",
        "[see attached photo] [emphasis added] [image001.png] [Please call us.]",
        "[Leave us a positive review] [Ihr Paket ist da] [You get it soon]",
        "[Note: we are closed] [10:30] [Note] [First] [No] [A] [DE] [a-z] [A-Z0-9] list[Entry]",
        "use [SAVE20] or [10% off] or [cid:image001.png@01D] [image: logo.png]",
        "we are #1# and #love#peace# and #sale# and # # and #fff#",
        "{{ Please leave us a 5-star review! }} {{Leave us a positive review}} {{{ You get 20% off, as we said. }}}",
        "{{ 'Thank you for your purchase' }} {{ \"We are so sorry\" | t }} {{ Call us: +1 206 555 0143 }}",
        "{{ Get 20% off your next order }} {{ Please write us a five star review }}",
        "{{ Everybody loves fast free five star shipping }} {{Leave positive review.}} {{请给我们留下五星好评。}}",
        "[[Please leave us a review]] [[You get it soon: see below]]",
        "from 50% to 20% off, 100%, 100%off%, a%20b%C3%A9%AB% %s %d%",
        "{ } and {} and { margin: 0 } and {see below} {Wow, that is a sentence}",
        "{{}} {{ }} { {{{ }} }}}",
        "I <3 it; a < b > c; 5<6>4; x <- y -> z",
        "<https://www.amazon.com/> <name@example.com> <www.example.com>",
        "<b>bold</b> <BR> <TABLE> <a href=\"x\">y</a> <br/> <address> <TITLE> <img alt=x> <link>",
        "<!--[if mso]> x <![endif]--> <o:p>",
        "[image: logo] [cid:image001.png@01D9]",
        "*bold* **bold** * | * |*| a *| b",
        "$5 ${} $ {x y} $",
        "me@example.com @handle @@ @@ x @iffy @else.me me@else.com @if x @case",
        "<? x <% y <% a\nb %> 5 <# <@U123> <?xml version=\"1.0\"?> {!! x {!!}",
        "snake_case __init__ __bold words__ __ x __ a__b__c __Important__",
        "________________________________\n___\n  ____  \n",
        "«Bonjour» «Name» «Numéro de commande» « Order_ID »",
        "XX XXL XXXL xxx XXX1 1XXX ending XXXX-1234, 114-XXXXXXX-XXXXXXX, MAXXX, X",
        "<<Back <<<x>>> << y >> <<>>",
        "50%% sure, 100%%off",
        "a [line\nbreak] {line\nbreak} <LINE\nBREAK>",
    ]);
}

#[test]
fn slips_and_missing_brackets_are_told() {
    let cases = [
        ("[[oder-id]]", "‹[[oder-id]]›order-id?order-id"),
        ("{{buyer_nmae}}", "‹{{buyer_nmae}}›buyer-name?buyer_name"),
        ("<ODER_ID>", "‹<ODER_ID>›order-id?ORDER_ID"),
        ("#oder_id#", "‹#oder_id#›order-id?order_id"),
        ("{{order_ids}}", "‹{{order_ids}}›order-id"),
        ("{{color}}", "‹{{color}}›other"),
        ("[[order-id] is", "‹[[order-id]›order-id! is"),
        ("{{name} is", "‹{{name}›buyer-name! is"),
        ("{{ buyer_name } is", "‹{{ buyer_name }›buyer-name! is"),
        ("[[order-id}} is", "‹[[order-id}}›order-id! is"),
        ("[order-id]] is", "‹[order-id]]›order-id! is"),
        ("{order_id}} is", "‹{order_id}}›order-id! is"),
        ("Order [[order-id\nHi", "Order ‹[[order-id›order-id!\nHi"),
        ("Order [[order-id  \r\nHi", "Order ‹[[order-id›order-id!  \r\nHi"),
        ("{{line \n break}}", "‹{{line›other! \n break}}"),
        ("Order {{name", "Order ‹{{name›buyer-name!"),
        ("Order [[order-id was", "Order ‹[[order-id›order-id! was"),
        ("Dear {{first_name, hi", "Dear ‹{{first_name›buyer-name!, hi"),
        ("[[text](https://a.b/)", "[[text](https://a.b/)"),
        ("[[see the page", "[[see the page"),
        ("[[1]]", "[[1]]"),
    ];
    for (text, picture) in cases {
        assert_eq!(drawn(text), picture, "{text}");
    }
}

proptest! {
    #[test]
    fn placeholders_are_sorted_disjoint_and_on_boundaries(text in r"([\[\]{}#%<>*|$@_X«»é\n a:.-]|order|id|[[x]]|重){0,60}") {
        let mut end = 0;
        for placeholder in find(&text) {
            prop_assert!(end <= placeholder.range.start && placeholder.range.start < placeholder.range.end);
            prop_assert!(text.get(placeholder.range.clone()).is_some(), "{:?} in {}", placeholder, text);
            prop_assert!(!text[placeholder.range.clone()].contains(['\n', '\r']));
            end = placeholder.range.end;
        }
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        find(&text);
    }
}

#[test]
fn a_text_in_a_placeholder_is_none() {
    assert_drawn(&[
        "‹{{ note | default: \"›otherLeave us a 5-star review‹\" }}›control",
        "‹{{ buyer_name | upcase | default('›buyer-namePlease leave us a review!‹', true) }}›control",
        "‹{{- order.note|append: \"›otherWe will be late.‹\" -}}›control",
        "Hi ‹{{ name | default: \"there\" }}›buyer-name, ‹{{ x | default: \"no such thing\" }}›other",
        "‹{{ date | date: \"%A is the day, you see\" }}›date ‹{{ x | default: leave us a review }}›other",
        "‹{{ x | default: \"leave us a review }}›other",
    ]);
}
