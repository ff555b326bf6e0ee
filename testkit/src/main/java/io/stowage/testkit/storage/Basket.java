package io.stowage.testkit.storage;

import io.stowage.api.ItemType;
import java.util.ArrayList;
import java.util.List;

/** A mutable typed item of the contract's tests, to see that nothing is shared with the store. */
public final class Basket {

  private String id = "";
  private List<String> goods = new ArrayList<>();

  /** An empty basket. */
  public Basket() {}

  static Basket of(String id, String... goods) {
    Basket basket = new Basket();
    basket.setId(id);
    basket.setGoods(new ArrayList<>(List.of(goods)));
    return basket;
  }

  static ItemType<Basket> type(String store) {
    return ItemType.of(store, Basket.class)
        .id(Basket::getId)
        .index("goods", Basket::getGoods)
        .build();
  }

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public List<String> getGoods() {
    return goods;
  }

  public void setGoods(List<String> goods) {
    this.goods = goods;
  }
}
