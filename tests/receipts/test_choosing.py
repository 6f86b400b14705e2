"""What the reader chooses on typed receipts, one difficulty each."""

from dataclasses import replace

from app.receipts.reading.extract import extract
from app.receipts.reading.shapes import Hints, Reading
from tests.receipts.own.paper import paper

BRITISH = Hints(day_first=True, country="GB")


def read(text: str) -> Reading:
    """The reading of a typed receipt."""
    return extract(paper(text), BRITISH)


def test_the_total_is_what_was_bought_not_what_the_card_paid_with_cashback() -> None:
    reading = read("""
#         MEADOW FOODS
        12 Mill Lane, Leeds LS1 4AB
MILK 2L                      1.45
BREAD                        1.10
EGGS                         2.05
TOTAL                        4.60
CASHBACK                    20.00
VISA DEBIT                  24.60
01/02/24 12:31
""")
    assert reading.total.value == "4.60"


def test_a_refund_is_below_zero() -> None:
    reading = read("""
#        TOOL BARN
        Unit 3 Station Park
          REFUND
Drill bit set              -£12.99
TOTAL                      -£12.99
VISA                       -£12.99
14/03/2024 10:02
Original sale 09/03/2024
""")
    assert (reading.total.value, reading.date.value) == ("-12.99", "2024-03-14")


def test_the_service_charge_belongs_to_the_total() -> None:
    reading = read("""
#       THE OLD MILL
       High Street, Bath
Table 4
Soup                        £6.50
Fish pie                   £14.00
Sub total                  £20.50
Service 12.5%               £2.56
Total                      £23.06
22 Nov 2024 13:40
""")
    assert reading.total.value == "23.06"
    assert sum(round(float(item.amount) * 100) for item in reading.items) == 2306


def test_a_return_by_date_is_not_the_date() -> None:
    reading = read("""
#        WARREN HOMEWARE
Rug                        £45.00
TOTAL                      £45.00
Return by 28/06/2024
31/05/24   16:22
""")
    assert reading.date.value == "2024-05-31"


def test_an_invoice_is_dated_by_its_own_date() -> None:
    reading = read("""
Harbour Lane Care Ltd
INVOICE
Period 01/04/2024 to 30/04/2024
Invoice date:   03/05/2024
Due date:   02/06/2024
Personal care 10 hours         £230.00
VAT 0%                           £0.00
Total due                      £230.00
""")
    assert (reading.date.value, reading.total.value) == ("2024-05-03", "230.00")
    assert reading.merchant.value == "Harbour Lane Care Ltd"


def test_savings_points_and_balances_are_no_totals() -> None:
    reading = read("""
#       CORNER PANTRY
Coffee                      £4.00
Biscuits                    £1.50
TOTAL                       £5.50
Gift card                   £5.50
Gift card balance          £44.50
You saved today            £12.00
Points balance               1204
02.07.2024 09:15
""")
    assert reading.total.value == "5.50"


def test_cash_and_change_prove_the_total() -> None:
    reading = read("""
#       BELL TAXIS
10/09/2024 18:22
Fare                        £8.40
CASH                       £10.00
CHANGE                      £1.60
""")
    assert (reading.total.value, reading.total.reason) == ("8.40", "The cash given minus the change makes this total.")


def test_a_card_slip_with_a_tip_totals_with_it() -> None:
    reading = read("""
   Nettle & Rye
   MERCHANT ID 12345678
   VISA CONTACTLESS
   AMOUNT          £18.00
   TIP              £2.00
   TOTAL           £20.00
   12/12/2023 20:11
""")
    assert reading.total.value == "20.00"


def test_whole_pounds_by_hand_are_money() -> None:
    reading = read("""
J Smith Gardening
4th June 2024
Received from Mrs Sample
Total   £45
with thanks
""")
    assert (reading.total.value, reading.date.value) == ("45.00", "2024-06-04")
    assert reading.merchant.value == "J Smith Gardening"


def test_the_kind_of_paper_and_the_address_are_not_the_shop() -> None:
    reading = read("""
        VAT RECEIPT
#      Ashgrove Pharmacy
       14 High Street
       Derby DE1 2PL
       Tel 01332 555 014
Bandage                     £3.20
Total                       £3.20
""")
    assert reading.merchant.value == "Ashgrove Pharmacy"


def test_a_price_per_litre_and_a_volume_are_not_money_paid() -> None:
    reading = read("""
#       HILL TOP FUEL
Unleaded
32.10 L @ £1.459/L
PUMP 4                     £46.83
TOTAL                      £46.83
of which VAT 20%            £7.81
MASTERCARD                 £46.83
11-10-24 07:58
""")
    assert (reading.total.value, reading.vat.value) == ("46.83", "7.81")


def test_nothing_is_made_up_where_nothing_stands() -> None:
    reading = read("""
hello
world
""")
    assert (reading.total.value, reading.date.value) == (None, None)
    assert extract([]).merchant.value is None


def test_month_first_where_the_person_says_so() -> None:
    text = """
#     GROCERY OUTLET
Apples                      $3.00
TOTAL                       $3.00
03/04/2024 10:10
"""
    assert extract(paper(text), Hints(day_first=False)).date.value == "2024-03-04"
    assert extract(paper(text), Hints(country="US")).date.value == "2024-03-04"
    assert extract(paper(text), Hints(country="GB")).date.value == "2024-04-03"


def test_the_only_possible_order_wins_over_the_hint() -> None:
    reading = read("""
Corner Shop
Total    £3.00
12/25/2023 11:00
""")
    assert reading.date.value == "2023-12-25"


def test_money_off_is_an_item_below_zero_and_a_hire_end_is_no_date() -> None:
    reading = read("""
#     Clover Mobility
Wheelchair hire             £60.00
Ramp                        £25.00
Subtotal                    £85.00
Discount                    -£5.00
Total                       £80.00
Card payment                £80.00
5 Jan 2025 15:00
Hire ends 12 Jan 2025
""")
    assert (reading.total.value, reading.date.value) == ("80.00", "2025-01-05")
    assert sum(round(float(item.amount) * 100) for item in reading.items) == 8000


def test_the_last_digits_of_a_card_are_no_total_and_an_order_is_dated_by_its_day() -> None:
    reading = read("""
#       WILLOW LIVING
Order confirmation
Ordered on: Tuesday 6 January 2026
Estimated delivery: Monday 12 January 2026
Large button telephone      £32.89
Delivery                     £3.99
TOTAL                       £36.88
Paid with card ending 8620
Changed your mind? Send it back by Wednesday 11 February 2026.
""")
    assert (reading.total.value, reading.date.value) == ("36.88", "2026-01-06")


def test_the_next_appointment_is_not_the_date_and_cash_paid_is_not_the_total() -> None:
    reading = read("""
#       ASH HAIR
Stylist Farida         13/10/2026
WASH & SET                  22.35
BEARD TRIM                   9.00
To pay                      31.35
Cash paid                   40.00
Change given                 8.65
       Next appointment
     14/11/2026 at 9:30
""")
    assert (reading.total.value, reading.date.value) == ("31.35", "2026-10-13")


def test_refund_alone_in_a_row_makes_the_sum_one_that_came_back() -> None:
    reading = read("""
#       COBALT CARS
        REFUND
DATE                   2026-08-08
MASTERCARD
AMOUNT                     £41.66
Reference sale of 2026-07-30
""")
    assert (reading.total.value, reading.date.value) == ("-41.66", "2026-08-08")


def test_a_sum_cut_at_its_point_is_put_together() -> None:
    reading = read("""
#       MILL LEISURE
SWIM                        12.44
GYM                         12.98
Total                25.         42
18/08/2025 20:36
""")
    assert reading.total.value == "25.42"


def test_a_date_below_its_word_in_a_column_is_dated_by_it() -> None:
    reading = read("""
#       BLUEBELL HOME CARE
        SALES INVOICE
Callum Sethi           Tax point
Hexham                 14/11/2024
13 Park Close          Due date
AB1 2CD                28/11/2024
Personal care             £536.00
TOTAL                     £536.00
""")
    assert reading.date.value == "2024-11-14"


def test_what_the_second_reader_made_of_a_word_counts_too() -> None:
    lines = paper("""
#       HILL CENTRE
Boaked far 15-07-2026 19:00
SWIM                         4.05
TOTAL                        4.05
09-07-2026 21:33
""")
    heard = [replace(one, second=one.text.replace("Boaked far", "Booked for")) for one in lines]
    assert extract(heard, BRITISH).date.value == "2026-07-09"
